using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// Turns the rows of one price file into ticks. NYISO writes congestion with the sign reversed (LBMP = energy + losses −
/// congestion) and no energy.
/// </summary>
/// <remarks>
/// Dispatch also runs out of turn, at stamps such as 04:04:18: until the five minutes that such a run lies in have a run of their
/// own, it stands for them. Behind the newest run a day's file lists what the commitment run foresees for the next hours; such
/// rows are forecasts, not prices, and are passed over.
/// </remarks>
internal sealed class NyisoPrices(IMarketFeed feed, NyisoPriceFile file, FeedRange range, DateTimeOffset now)
{
    private const int PageTicks = 9_000;

    /// <summary>How far commitment looks ahead, with room to spare: what is dated later than that is a slip.</summary>
    private static readonly TimeSpan Foreseen = TimeSpan.FromHours(4);

    private readonly Dictionary<string, (PriceTick Tick, string Name)> _slot = new(StringComparer.Ordinal);
    private FeedPageBuilder _page = new(feed, file.PriceType, now);

    /// <summary>Intervals that start then or later are not prices yet.</summary>
    public DateTimeOffset Before { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Start of the interval that the newest run is for, where that is read from elsewhere.</summary>
    public DateTimeOffset Newest { get; init; }

    /// <summary>Whether the file is the newest run alone, so that its order does not tell the repeated hour.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether rows were passed over that may be prices when the file is looked at again.</summary>
    public bool HasForecasts { get; private set; }

    /// <summary>Whether there was any row; a file without one is not taken for read.</summary>
    public bool HasRows { get; private set; }

    /// <summary>Reads the file.</summary>
    /// <returns>Pages of a bounded number of ticks; their cursors are where the rows end.</returns>
    public IEnumerable<FeedPage> Read(Stream content)
    {
        using var csv = new CsvTable(feed.Name, content);
        var columns = new NyisoPriceColumns(csv);
        var labels = new NyisoLabels(file.Interval);
        var slot = default(DateTimeOffset);
        while (csv.Read())
        {
            _page.CountRows();
            HasRows = true;
            if (!csv.IsWhole)
            {
                _page.Reject("the row is shorter than the header");
            }
            else if (TryStart(csv, columns, labels, out var start) && TryTick(csv, columns, start) is { } tick)
            {
                if (start != slot) Flush();
                slot = start;
                if (_page.Count >= PageTicks)
                {
                    yield return _page.Build(range.From);
                    _page = new(feed, file.PriceType, now);
                }

                _slot[tick.Location] = (tick, csv[columns.Name]);
            }
        }

        Flush();
        yield return _page.Build(range.From);
    }

    /// <summary>The interval's start, where the row is one that is wanted.</summary>
    private bool TryStart(CsvTable csv, NyisoPriceColumns columns, NyisoLabels labels, out DateTimeOffset start)
    {
        start = default;
        if (!labels.TryRead(csv[columns.Time], out var local))
        {
            _page.Reject("Time Stamp is not a time");
            return false;
        }

        if (!(IsAlone ? NyisoLabels.TryToUtc(local, now, out var instant) : labels.TryToUtc(local, csv[columns.Ptid], out instant)))
        {
            _page.Reject("Time Stamp is a time the day does not have");
            return false;
        }

        start = file.IsIntervalEnding ? instant.Ceiling(file.Interval) - file.Interval : instant;
        if (start >= Before && start < now + Foreseen)
        {
            HasForecasts |= start != Newest;
            return false;
        }

        if (!file.IsIntervalEnding && start != start.Floor(file.Interval))
        {
            _page.Reject("Time Stamp is not the start of an interval");
            return false;
        }

        return _page.Believes(start, "Time Stamp") && range.Wants(start);
    }

    private PriceTick? TryTick(CsvTable csv, NyisoPriceColumns columns, DateTimeOffset start)
    {
        if (!FeedNumber.TryParse(csv[columns.Price], out var price))
        {
            _page.Reject("LBMP is blank or not a finite number");
            return null;
        }

        var loss = FeedNumber.Optional(csv[columns.Loss]);
        // Subtracted from nothing, for a congestion of -0 would be another value than one of 0.
        var congestion = 0 - FeedNumber.Optional(csv[columns.Congestion]);
        return _page.Tick(csv[columns.Ptid], start, price, file.PublishedAt(start)) with
        {
            EnergyCost = loss is null || congestion is null ? null : Math.Round(price - loss.Value - congestion.Value, 6),
            CongestionCost = congestion,
            LossCost = loss,
        };
    }

    /// <summary>Takes what stands for the interval when its last row has been seen.</summary>
    private void Flush()
    {
        foreach (var (location, (tick, name)) in _slot)
            _page.Add(tick, name, file.IsZonal ? NyisoLocationTypes.InZoneFile(location) : NyisoLocationTypes.InGeneratorFile(name));
        _slot.Clear();
    }
}
