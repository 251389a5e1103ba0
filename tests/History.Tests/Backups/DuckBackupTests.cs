using OptiBid.History.Tests.Contract;
using OptiBid.History.Tests.Duck;

namespace OptiBid.History.Tests.Backups;

public sealed class DuckBackupTests : BackupContract
{
    private readonly DuckFolder _folder = new();
    private readonly DuckFolder _other = new();

    [Fact]
    public async Task Backup_IsParquetThatAnybodyCanRead()
    {
        await Store.WriteAsync(Ticks.At(price: 12.5));
        await BackupAsync();
        using var connection = new DuckDB.NET.Data.DuckDBConnection("Data Source=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"select price from '{Target.Replace("'", "''", StringComparison.Ordinal)}/market_data.parquet'";
        Assert.Equal(12.5, command.ExecuteScalar());
    }

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    protected override Task<HistoryUnderTest> OpenOtherAsync() => Task.FromResult(_other.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
        _other.Dispose();
    }
}
