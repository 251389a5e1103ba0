using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OptiBid.History.Backups;
using OptiBid.History.Tests.Contract;
using OptiBid.PostgresFixture;

namespace OptiBid.History.Tests.Backups;

public sealed class PostgresBackupTests(PostgresForAll postgres) : BackupContract
{
    private string _connection = "";

    [Fact]
    public async Task Restore_LeavesOutTheClustersMembers()
    {
        await Store.WriteAsync(Ticks.At());
        await ExecuteAsync(_connection, "insert into orleans_cluster (cluster_id) values ('optibid')");
        await BackupAsync();
        var other = await postgres.CreateDatabaseAsync();
        await using var restored = Open(other);
        await RestoreAsync(restored, Target);

        await using var source = NpgsqlDataSource.Create(other);
        await using var count = source.CreateCommand("select count(*) from orleans_cluster");
        Assert.Equal(0L, await count.ExecuteScalarAsync(Cancel));
        await using var queries = source.CreateCommand("select count(*) from orleansquery");
        Assert.True((long)(await queries.ExecuteScalarAsync(Cancel))! > 10);
    }

    [Fact]
    public async Task Backup_ToolsAreAbsent_SaysWhatToInstall()
    {
        await using var store = new HistoryUnderTest(("ConnectionStrings:History", _connection), ("History:PostgresTools", "/nowhere"));
        var error = await Assert.ThrowsAsync<BackupException>(() => store.Services.GetRequiredService<IHistoryBackup>().BackupAsync(Target, Cancel));
        Assert.Contains("Install PostgreSQL's client programs", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Backup_DatabaseIsAway_SaysSoAndLeavesNothing()
    {
        var away = new NpgsqlConnectionStringBuilder(_connection) { Port = 1 }.ConnectionString;
        await using var store = Open(away);
        _ = await Assert.ThrowsAsync<BackupException>(() => store.Services.GetRequiredService<IHistoryBackup>().BackupAsync(Target, Cancel));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(Target)!));
    }

    protected override async Task<HistoryUnderTest> OpenAsync() => Open(_connection = await postgres.CreateDatabaseAsync());

    protected override async Task<HistoryUnderTest> OpenOtherAsync() => Open(await postgres.CreateDatabaseAsync());

    private static HistoryUnderTest Open(string connection) =>
        new(("ConnectionStrings:History", connection), ("History:PostgresTools", PostgresBinaries.Directory ?? ""));

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }
}
