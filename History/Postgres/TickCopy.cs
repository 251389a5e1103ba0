using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;

namespace OptiBid.History.Postgres;

/// <summary>
/// Sends ticks by COPY in PostgreSQL's binary format (manual, "COPY", section Binary Format), written straight
/// into large buffers: a call for each of 16 values of each row would cost more than all the rest of the client.
/// </summary>
internal sealed class TickCopy(Stream stream, bool withRound)
{
    /// <summary>The columns sent, in order; staging takes the round as one more.</summary>
    public const string Columns =
        "market_zone, location, price_type, timestamp, interval_minutes, price, energy_cost, congestion_cost, loss_cost, "
        + "volume, renewable_percentage, load_forecast, published_at, revision, source, sequence";

    private const int ColumnCount = 16;
    private const int FlushAt = 64 * 1024;
    private const int FixedRowSize = 512;

    private static readonly long Epoch = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly byte[][] Zones = [.. MarketZones.All.Select(zone => Encoding.ASCII.GetBytes(zone.Name()))];
    private static readonly byte[][] Types = [.. PriceTypes.All.Select(type => Encoding.ASCII.GetBytes(type.Name()))];

    private byte[] _buffer = [];
    private int _used;

    /// <summary>Runs a COPY statement and sends the batch; completes when the database has taken all of it.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, string sql, TickBatch batch, bool withRound, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync(sql, cancellationToken);
        try
        {
            await new TickCopy(stream, withRound).SendAsync(batch, cancellationToken);
        }
        catch
        {
            // Closing it now would tell the database that the rows so far are all there are.
            await AbandonAsync(stream);
            throw;
        }

        await stream.DisposeAsync();
    }

    private static async Task AbandonAsync(NpgsqlRawCopyStream stream)
    {
        try
        {
            await stream.CancelAsync();
        }
        catch (Exception error) when (PostgresErrors.Concerns(error) || error is InvalidOperationException)
        {
            // The copy has already failed, and that failure is on its way to the caller.
        }
    }

    private async Task SendAsync(TickBatch batch, CancellationToken cancellationToken)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(FlushAt * 2);
        try
        {
            ReadOnlySpan<byte> signature = [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0];
            signature.CopyTo(_buffer);
            _buffer.AsSpan(signature.Length, 8).Clear();
            _used = signature.Length + 8;
            for (var i = 0; i < batch.Ticks.Length; i++)
            {
                if (batch.RoundOf(i) < 0) continue;

                Row(batch.Ticks.Span[i], batch.RoundOf(i));
                if (_used >= FlushAt) await FlushAsync(cancellationToken);
            }

            Short(-1);
            await FlushAsync(cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.AsMemory(0, _used), cancellationToken);
        _used = 0;
    }

    private void Row(in PriceTick tick, int round)
    {
        Reserve(FixedRowSize + (3 * (tick.Location.Length + (tick.Source?.Length ?? 0))));
        Short((short)(withRound ? ColumnCount + 1 : ColumnCount));
        Bytes(Zones[(int)tick.MarketZone - 1]);
        Text(tick.Location);
        Bytes(Types[(int)tick.PriceType - 1]);
        Time(tick.Timestamp);
        Int(2);
        Short(tick.IntervalMinutes);
        Number(tick.Price);
        Number(tick.EnergyCost);
        Number(tick.CongestionCost);
        Number(tick.LossCost);
        Number(tick.Volume);
        Number(tick.RenewablePercentage);
        Number(tick.LoadForecast);
        Time(tick.PublishedAt);
        Int(4);
        Int(Math.Max(1, tick.Revision));
        Text(tick.Source);
        Int(8);
        Long(tick.Sequence);
        if (!withRound) return;

        Int(4);
        Int(round);
    }

    private void Reserve(int size)
    {
        if (_buffer.Length - _used >= size) return;

        var larger = ArrayPool<byte>.Shared.Rent(_used + size);
        _buffer.AsSpan(0, _used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Text(string? text)
    {
        if (text is null)
        {
            Int(-1);
            return;
        }

        var length = Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_used + 4));
        Int(length);
        _used += length;
    }

    private void Bytes(byte[] bytes)
    {
        Int(bytes.Length);
        bytes.CopyTo(_buffer, _used);
        _used += bytes.Length;
    }

    private void Time(DateTimeOffset time)
    {
        Int(8);
        Long((Moment.CutTicks(time) - Epoch) / TimeSpan.TicksPerMicrosecond);
    }

    private void Number(double? value)
    {
        if (value is not { } number)
        {
            Int(-1);
            return;
        }

        Int(8);
        Long(BitConverter.DoubleToInt64Bits(number));
    }

    private void Short(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_used), value);
        _used += 2;
    }

    private void Int(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(_used), value);
        _used += 4;
    }

    private void Long(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.AsSpan(_used), value);
        _used += 8;
    }
}
