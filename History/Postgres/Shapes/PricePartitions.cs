using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Hosting;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>
/// The partitions of prices, where PostgreSQL itself partitions them: sees to it that each row of a batch has one to go
/// to, and remembers which there are, so that only the first row of a partition costs a statement. It may be wrong about
/// one that somebody has dropped meanwhile; the batch is then written once more.
/// </summary>
internal sealed class PricePartitions(HistoryOptions options)
{
    private readonly Lock _gate = new();
    private Bounds[] _known = [];

    private readonly record struct Bounds(DateTime First, DateTime Beyond)
    {
        public bool Has(DateTime instant) => instant >= First && instant < Beyond;
    }

    /// <summary>Writes a batch, having seen to its partitions.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, ReadOnlyMemory<PriceTick> ticks, Func<Task> write, CancellationToken cancellationToken)
    {
        await KeepAsync(connection, ticks, cancellationToken);
        try
        {
            await write();
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.CheckViolation && Forget())
        {
            await KeepAsync(connection, ticks, cancellationToken);
            await write();
        }
    }

    /// <summary>Sees to the partition of an instant of a table.</summary>
    public static async Task<(DateTime First, DateTime Beyond)> KeepAsync(
        NpgsqlConnection connection, string table, DateTime instant, PartitionUnit unit, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select first, beyond from keep_partition(@table::regclass, @instant, @unit)", connection);
        _ = command.Parameters.AddWithValue("table", table);
        _ = command.Parameters.AddWithValue("instant", instant);
        _ = command.Parameters.AddWithValue("unit", unit == PartitionUnit.Day ? "day" : "month");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        _ = await reader.ReadAsync(cancellationToken);
        return (reader.GetDateTime(0), reader.GetDateTime(1));
    }

    private async Task KeepAsync(NpgsqlConnection connection, ReadOnlyMemory<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var last = default(Bounds);
        for (var i = 0; i < ticks.Length; i++)
        {
            var instant = ticks.Span[i].Timestamp.UtcDateTime;
            if (last.Has(instant) || TryFind(instant, out last)) continue;

            var (first, beyond) = await KeepAsync(connection, "market_data", instant, options.Partition, cancellationToken);
            lock (_gate) _known = [.. _known.Append(last = new(first, beyond)).OrderBy(bounds => bounds.First)];
        }
    }

    private bool TryFind(DateTime instant, out Bounds found)
    {
        var known = Volatile.Read(ref _known);
        var (low, high) = (0, known.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (known[middle].First <= instant) low = middle + 1;
            else high = middle;
        }

        found = low == 0 ? default : known[low - 1];
        return found.Has(instant);
    }

    private bool Forget()
    {
        lock (_gate)
        {
            var any = _known.Length > 0;
            _known = [];
            return any;
        }
    }
}
