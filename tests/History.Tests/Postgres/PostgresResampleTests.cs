using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Postgres;

public sealed class PostgresResampleTests(PostgresForAll postgres) : ResampleContract
{
    private string _connection = "";

    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(_connection = await postgres.CreateDatabaseAsync());

    protected override Task<HistoryUnderTest> ReopenAsync(string key, string value) =>
        Task.FromResult(new HistoryUnderTest(("ConnectionStrings:History", _connection), (key, value)));
}
