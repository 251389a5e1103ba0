using OptiBid.History.Tests;
using OptiBid.PostgresFixture;

[assembly: AssemblyFixture(typeof(PostgresForAll))]

namespace OptiBid.History.Tests;

/// <summary>One PostgreSQL server for the whole test run, started when the first test asks; each test has its own database.</summary>
public sealed class PostgresForAll : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() => PostgresServer.StartNewAsync());

    public async Task<string> CreateDatabaseAsync()
    {
        SkipWithoutServer();
        return await (await _server.Value).CreateDatabaseAsync();
    }

    public static void SkipWithoutServer()
    {
        var reason = PostgresBinaries.WhySkip();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated) await (await _server.Value).DisposeAsync();
    }
}
