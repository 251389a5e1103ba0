using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OptiBid.History.Hosting;
using OptiBid.History.Tests.Duck;
using OptiBid.History.Writing;

namespace OptiBid.History.Tests.Hosting;

public sealed class HistoryServicesTests : IDisposable
{
    private readonly DuckFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Append(("Data:Directory", _folder.Path)).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        builder.Services.AddHistory(builder.Configuration).AddHistoryWriter(builder.Configuration);
        return builder.Build();
    }

    [Fact]
    public async Task Host_WithNothingConfigured_RunsOnTheEmbeddedFile()
    {
        using (var host = Build())
        {
            await host.StartAsync(Cancel);
            var durable = new TaskCompletionSource<bool>();
            Assert.True(host.Services.GetRequiredService<IHistoryWriter>().TryAppend(new[] { Ticks.At() }, outcome => durable.SetResult(outcome.IsDurable)));
            Assert.True(await durable.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel));
            Assert.Equal(1, host.Services.GetRequiredService<IOptions<HistoryWriterOptions>>().Value.Writers);
            var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel);
            Assert.Equal(HealthStatus.Healthy, health.Status);
            Assert.Matches("^DuckDB", health.Entries["history"].Description);
            await host.StopAsync(Cancel);
        }

        await using var store = _folder.Open();
        Assert.Single(await store.AllAsync());
    }

    [Theory]
    [InlineData("History:Timeout", "00:00:00", "History:Timeout is 00:00:00")]
    [InlineData("History:MostPricesRead", "0", "History:MostPricesRead is 0")]
    [InlineData("History:Retention:Prices", "6.23:00:00", "History:Retention:Prices is 6.23:00:00; it must be at least seven days")]
    [InlineData("History:Retention:Ingestions", "00:00:00", "History:Retention:Ingestions is 00:00:00; it must be at least seven days")]
    [InlineData("History:Partition", "7", "History:Partition is 7; it must be Month or Day")]
    [InlineData("History:Writer:Writers", "0", "History:Writer:Writers is 0")]
    [InlineData("History:Writer:BufferTicks", "5", "History:Writer:BufferTicks is 5")]
    public async Task Host_WrongValue_StopsTheStartWithOneClearLine(string key, string value, string words)
    {
        // The embedded store would put one writer in the place of any number.
        using var host = Build((key, value), ("ConnectionStrings:History", "Host=127.0.0.1;Port=1;Database=x;Username=x"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancel));
        Assert.StartsWith(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddHistory_UnreadableConnectionString_SaysSo()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Build(("ConnectionStrings:History", "Hots=localhost;Password=secret")));
        Assert.StartsWith("ConnectionStrings:History is not a PostgreSQL connection string", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HealthCheck_StoreAway_IsDegradedAndLeaksNothing()
    {
        (string, string) away = ("ConnectionStrings:History", "Host=127.0.0.1;Port=1;Database=x;Username=x;Password=secret");
        using var writing = Build(away);
        Assert.Equal(HealthStatus.Degraded, (await writing.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel)).Status);

        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create(away.Item1, (string?)away.Item2)]).Build();
        await using var reading = new ServiceCollection().AddLogging().AddHistory(configuration).BuildServiceProvider();
        var health = await reading.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancel);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.DoesNotContain("secret", health.Entries["history"].Description + health.Entries["history"].Exception, StringComparison.Ordinal);
    }
}
