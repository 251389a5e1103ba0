using System.Globalization;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Quality;

/// <summary>
/// Looks at what a location's turn has left and says what began and what ended, each once. A price that moves quietly costs a
/// few comparisons. Nothing of it is saved: what is open follows from the book, and is found in it again.
/// </summary>
internal sealed class LocationFindings(IOptions<QualityOptions> options, QualityOutbox outbox)
{
    private readonly QualityOptions _options = options.Value;

    /// <summary>What is open in a book that a location got back; nothing is told of it.</summary>
    public List<QualityEvent>? Recall(LocationBook book, DateTimeOffset now)
    {
        List<QualityEvent>? open = null;
        for (var bit = 0; bit < PriceTypes.All.Count; bit++)
        {
            if (book.SeriesAt(bit) is not { Count: > 0 }) continue;
            if (IsRealTime(bit) && FlatLine(book, bit, now) is { } flat) (open ??= []).Add(flat);
            if (IsRealTime(bit) && Spike(book, bit, now) is { } spike) (open ??= []).Add(spike);
            if (Mismatch(book, bit, now) is { } mismatch) (open ??= []).Add(mismatch);
        }

        return open;
    }

    /// <summary>Looks at the newest prices that moved.</summary>
    /// <param name="book">The book after the turn.</param>
    /// <param name="moved">Bit mask of the price types that moved.</param>
    /// <param name="open">What is open at this location; null for nothing.</param>
    /// <param name="now">The time.</param>
    public void Look(LocationBook book, int moved, ref List<QualityEvent>? open, DateTimeOffset now)
    {
        for (var bit = 0; moved != 0; bit++, moved >>= 1)
        {
            if ((moved & 1) == 0) continue;
            if (IsRealTime(bit))
            {
                var intervals = book.SeriesAt(bit)!.Intervals;
                var step = intervals.Length > 1 ? intervals[^1].Price - intervals[^2].Price : double.NaN;
                if (step == 0 || IsOpen(open, bit, QualityKind.FlatLined)) Note(FlatLine(book, bit, now), bit, QualityKind.FlatLined, ref open, now);
                if (Math.Abs(step) > _options.SpikeFloor || IsOpen(open, bit, QualityKind.Spike)) Note(Spike(book, bit, now), bit, QualityKind.Spike, ref open, now);
            }

            if (PriceChecks.IsMismatched(book.NewestAt(bit), _options.ComponentTolerance) || IsOpen(open, bit, QualityKind.ComponentMismatch))
                Note(Mismatch(book, bit, now), bit, QualityKind.ComponentMismatch, ref open, now);
        }
    }

    private void Note(QualityEvent? found, int bit, QualityKind kind, ref List<QualityEvent>? open, DateTimeOffset now)
    {
        var known = open?.FindIndex(finding => finding.Kind == kind && finding.PriceType == TypeAt(bit)) ?? -1;
        if (found is not null && known < 0)
        {
            (open ??= []).Add(found);
            outbox.Tell(found);
        }
        else if (found is null && known >= 0)
        {
            outbox.Tell(open![known] with { ObservedAt = now, EndedAt = now });
            open.RemoveAt(known);
            if (open.Count == 0) open = null;
        }
    }

    private QualityEvent? FlatLine(LocationBook book, int bit, DateTimeOffset now)
    {
        var intervals = book.SeriesAt(bit)!.Intervals;
        var step = TypeAt(bit).IntervalMinutes() * TimeSpan.TicksPerMinute;
        if (PriceChecks.FlatRun(intervals, step, _options.FlatLineIntervals) < _options.FlatLineIntervals) return null;

        var began = intervals[^PriceChecks.FlatRun(intervals, step, int.MaxValue)];
        return Finding(
            book, bit, QualityKind.FlatLined, QualitySeverity.Warning, began.StartTicks, now, began.Price, _options.FlatLineIntervals,
            $"the price has been {began.Price} $/MWh for {_options.FlatLineIntervals} intervals or more");
    }

    private QualityEvent? Spike(LocationBook book, int bit, DateTimeOffset now)
    {
        var intervals = book.SeriesAt(bit)!.Intervals;
        return PriceChecks.Spike(intervals, _options.SpikeFactor, _options.SpikeFloor) is { } spike && spike.Distance > spike.Limit
            ? Finding(
                book, bit, QualityKind.Spike, QualitySeverity.Info, intervals[^1].StartTicks, now, intervals[^1].Price, spike.Limit,
                $"{intervals[^1].Price} $/MWh lies {spike.Distance:0.##} $/MWh from the median of the last 24 hours; {spike.Limit:0.##} is usual")
            : null;
    }

    private QualityEvent? Mismatch(LocationBook book, int bit, DateTimeOffset now)
    {
        var tick = book.NewestAt(bit).Tick;
        if (!PriceChecks.IsMismatched(book.NewestAt(bit), _options.ComponentTolerance)) return null;

        var sum = tick.EnergyCost!.Value + tick.CongestionCost!.Value + tick.LossCost!.Value;
        return Finding(
            book, bit, QualityKind.ComponentMismatch, QualitySeverity.Warning, tick.Timestamp.UtcTicks, now, Math.Abs(sum - tick.Price), _options.ComponentTolerance,
            $"energy, congestion and loss add up to {sum:0.######} $/MWh, the price is {tick.Price}");
    }

    private static QualityEvent Finding(
        LocationBook book, int bit, QualityKind kind, QualitySeverity severity, long began, DateTimeOffset now, double value, double limit, FormattableString message)
    {
        var tick = book.NewestAt(bit).Tick;
        DateTimeOffset start = new(began, TimeSpan.Zero);
        return new()
        {
            Id = QualityEvent.IdOf(tick.MarketZone, kind, tick.Location, tick.PriceType, start),
            Zone = tick.MarketZone,
            Feed = tick.Source,
            Location = tick.Location,
            PriceType = tick.PriceType,
            Kind = kind,
            Severity = severity,
            Timestamp = start,
            ObservedAt = now,
            Value = value,
            Limit = limit,
            Message = message.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static bool IsOpen(List<QualityEvent>? open, int bit, QualityKind kind)
    {
        if (open is null) return false;
        foreach (var finding in open)
        {
            if (finding.Kind == kind && finding.PriceType == TypeAt(bit)) return true;
        }

        return false;
    }

    private static PriceType TypeAt(int bit) => (PriceType)(bit + 1);

    private static bool IsRealTime(int bit) => !TypeAt(bit).IsDayAhead();
}
