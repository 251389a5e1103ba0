using Npgsql;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Postgres;

internal static class PostgresUnderTest
{
    public static HistoryUnderTest Open(string connection, params (string Key, string Value)[] settings) =>
        new([("ConnectionStrings:History", connection), .. settings]);

    public static async Task DamageAsync(string connection, string location, byte[] newest)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand("update location_state set newest = @newest where location = @location");
        command.Parameters.AddWithValue("newest", newest);
        command.Parameters.AddWithValue("location", location);
        _ = await command.ExecuteNonQueryAsync();
    }
}

public sealed class PostgresPriceHistoryTests(PostgresForAll postgres) : PriceHistoryContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresPublicationTests(PostgresForAll postgres) : PublicationContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresPriceQueryTests(PostgresForAll postgres) : PriceQueryContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresLocationStatesTests(PostgresForAll postgres) : LocationStateContract
{
    private string _connection = "";

    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(_connection = await postgres.CreateDatabaseAsync());

    protected override Task DamageAsync(string location, byte[] newest) => PostgresUnderTest.DamageAsync(_connection, location, newest);
}

public sealed class PostgresLocationDirectoryTests(PostgresForAll postgres) : LocationDirectoryContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresIngestionLogTests(PostgresForAll postgres) : IngestionLogContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresAuditLogTests(PostgresForAll postgres) : AuditLogContract
{
    private string _connection = "";

    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(_connection = await postgres.CreateDatabaseAsync());

    [Theory]
    [InlineData("update audit_log set actor = 'nobody'")]
    [InlineData("delete from audit_log")]
    [InlineData("truncate audit_log")]
    public async Task Statement_ThatWouldChangeTheLog_IsRefusedEvenToTheOwner(string sql)
    {
        await RecordAsync(Actions.At());

        var refused = await Assert.ThrowsAsync<PostgresException>(() => Sql.ExecuteAsync(_connection, sql));

        Assert.Equal("audit_log is only ever added to", refused.MessageText);
        Assert.Single(await ReadAsync());
    }
}

public sealed class PostgresIntervalCountsTests(PostgresForAll postgres) : IntervalCountContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresProtectedValuesTests(PostgresForAll postgres) : ProtectedValuesContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresPriceViewTests(PostgresForAll postgres) : PriceViewContract
{
    private string _connection = "";

    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(_connection = await postgres.CreateDatabaseAsync());

    protected override async Task<System.Data.Common.DbConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_connection);
        await connection.OpenAsync(Cancel);
        return connection;
    }
}

public sealed class PostgresRetentionTests(PostgresForAll postgres) : RetentionContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresApiKeyTests(PostgresForAll postgres) : ApiKeyContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}

public sealed class PostgresQualityTests(PostgresForAll postgres) : QualityContract
{
    protected override async Task<HistoryUnderTest> OpenAsync() => PostgresUnderTest.Open(await postgres.CreateDatabaseAsync());
}
