using System.Diagnostics;
using Npgsql;
using NpgsqlTypes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>The floor of writing: Npgsql's binary importer into a plain table with the columns, key and indexes of <c>market_data</c>.</summary>
internal sealed class BareCopy(NpgsqlDataSource source)
{
    public const string Columns =
        "market_zone, location, price_type, timestamp, interval_minutes, price, energy_cost, congestion_cost, loss_cost, "
        + "volume, renewable_percentage, load_forecast, published_at, revision, source, sequence";

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var create = source.CreateCommand("drop table if exists bare_prices; create table bare_prices (like market_data including all)");
        _ = await create.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Copies the batches over so many connections.</summary>
    public async Task<TimeSpan> WriteAsync(IReadOnlyList<PriceTick[]> batches, int connections, CancellationToken cancellationToken)
    {
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            while (Interlocked.Increment(ref next) is var index && index < batches.Count) await CopyAsync(connection, batches[index], cancellationToken);
        }, cancellationToken)));
        return clock.Elapsed;
    }

    private static async Task CopyAsync(NpgsqlConnection connection, PriceTick[] ticks, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy bare_prices ({Columns}) from stdin (format binary)", cancellationToken);
        foreach (var tick in ticks)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(tick.MarketZone.Name(), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(tick.Location, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(tick.PriceType.Name(), NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(tick.Timestamp.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(tick.IntervalMinutes, NpgsqlDbType.Smallint, cancellationToken);
            await NumberAsync(tick.Price);
            await NumberAsync(tick.EnergyCost);
            await NumberAsync(tick.CongestionCost);
            await NumberAsync(tick.LossCost);
            await NumberAsync(tick.Volume);
            await NumberAsync(tick.RenewablePercentage);
            await NumberAsync(tick.LoadForecast);
            await copy.WriteAsync(tick.PublishedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(Math.Max(1, tick.Revision), NpgsqlDbType.Integer, cancellationToken);
            await copy.WriteAsync(tick.Source, NpgsqlDbType.Text, cancellationToken);
            await copy.WriteAsync(tick.Sequence, NpgsqlDbType.Bigint, cancellationToken);
        }

        _ = await copy.CompleteAsync(cancellationToken);

        Task NumberAsync(double? value) =>
            value is { } number ? copy.WriteAsync(number, NpgsqlDbType.Double, cancellationToken) : copy.WriteNullAsync(cancellationToken);
    }
}
