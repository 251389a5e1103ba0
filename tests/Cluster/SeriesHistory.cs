using Npgsql;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>What the history must hold of a <see cref="Series"/>: everything, once, with its own value.</summary>
internal static class SeriesHistory
{
    /// <summary>Waits for the last row, and checks all of them.</summary>
    /// <param name="database">The history.</param>
    /// <param name="expected">Rows sent.</param>
    /// <param name="patience">How long the last may take.</param>
    /// <param name="output">What the silos said, for the failure.</param>
    /// <param name="cancellationToken">The test ends.</param>
    public static async Task HoldsEverythingOnceAsync(
        NpgsqlDataSource database, long expected, TimeSpan patience, Func<string> output, CancellationToken cancellationToken)
    {
        long counted = -1;
        await Eventually.TrueAsync(
            async () => (counted = await ScalarAsync(database, "select count(*) from market_data", cancellationToken)) == expected,
            patience, () => $"{counted} rows in the history, not {expected}:\n{output()}", cancellationToken);
        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from market_data_revisions", cancellationToken));
        Assert.Equal(0L, await ScalarAsync(database, "select count(*) from market_data where revision <> 1", cancellationToken));
        Assert.Equal(0L, await ScalarAsync(
            database,
            "select count(*) from market_data where abs(price - (substring(location from 6)::int + extract(epoch from timestamp - (select min(timestamp) from market_data)) / 300000.0)) > 1e-9",
            cancellationToken));
    }

    private static async Task<long> ScalarAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
