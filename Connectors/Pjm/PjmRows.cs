using System.Globalization;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Turns rows of Data Miner 2, from whichever format, into ticks. A superseded version and the current one
/// both come out, the older published first, so that the newer becomes a revision.
/// </summary>
internal sealed class PjmRows(IMarketFeed feed, PjmFeedDefinition definition, DateTimeOffset now)
{
    private static readonly string[] TimeFormats =
        ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "M/d/yyyy h:mm:ss tt", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss"];

    private readonly FeedPageBuilder _page = new(feed, definition.PriceType, now);
    private bool _checked;

    /// <summary>Throws unless every column the feed cannot do without is there.</summary>
    /// <param name="has">Whether a column is there.</param>
    /// <param name="fail">Raises the error for one that is not.</param>
    public void Require(Func<string, bool> has, Action<string> fail)
    {
        foreach (var name in new[] { "datetime_beginning_utc", "pnode_id", definition.Total, definition.Congestion, definition.Loss }
            .Concat(definition.Energy is { } energy ? [energy] : []))
        {
            if (!has(name)) fail(name);
        }

        _checked = true;
    }

    /// <summary>Refuses a row before its columns can be looked at.</summary>
    public void Reject(string reason)
    {
        _page.CountRows();
        _page.Reject(reason);
    }

    /// <summary>Takes a row.</summary>
    /// <param name="value">The text of a column; null where null or absent.</param>
    /// <param name="has">Whether the row has a column at all.</param>
    public void Add(Func<string, string?> value, Func<string, bool> has)
    {
        if (!_checked) Require(has, name => throw new MarketFeedException(feed.Name, $"field {name} is missing"));

        _page.CountRows();
        if (!DateTime.TryParseExact(value("datetime_beginning_utc"), TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time))
            _page.Reject("datetime_beginning_utc is not a time");
        else if (!_page.Believes(new DateTimeOffset(time, TimeSpan.Zero), "datetime_beginning_utc"))
            return;
        else if (!FeedNumber.TryParse(value(definition.Total), out var total))
            _page.Reject($"{definition.Total} is blank or not a finite number");
        else
            Add(value, new DateTimeOffset(time, TimeSpan.Zero), total);
    }

    /// <summary>The page: by interval, and within it by version.</summary>
    public FeedPage Build(DateTimeOffset cursor) => _page.Build(cursor, (one, other) =>
        one.Timestamp != other.Timestamp
            ? one.Timestamp.CompareTo(other.Timestamp)
            : one.PublishedAt.CompareTo(other.PublishedAt));

    private void Add(Func<string, string?> value, DateTimeOffset start, double total)
    {
        var congestion = FeedNumber.Optional(value(definition.Congestion));
        var loss = FeedNumber.Optional(value(definition.Loss));
        // The live feed has no energy column; markets publish six decimals at the most.
        var energy = definition.Energy is { } column ? FeedNumber.Optional(value(column))
            : congestion is null || loss is null ? null
            : Math.Round(total - congestion.Value - loss.Value, 6);

        var id = value("pnode_id")?.Trim() ?? "";
        var tick = _page.Tick(id, start, total, definition.PublishedAt(start) + VersionStep(value)) with
        {
            EnergyCost = energy,
            CongestionCost = congestion,
            LossCost = loss,
        };
        _page.Add(tick, value("pnode_name")?.Trim() ?? "", PjmLocationTypes.Parse(value("type")));
    }

    /// <summary>Orders the versions of one interval: each counts as published a second after the one before.</summary>
    private static TimeSpan VersionStep(Func<string, string?> value)
    {
        if (int.TryParse(value("version_nbr"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var version) && version is >= 1 and <= 1000)
            return TimeSpan.FromSeconds(version - 1);
        return "false".Equals(value("row_is_current"), StringComparison.OrdinalIgnoreCase) ? TimeSpan.FromMilliseconds(-1) : TimeSpan.Zero;
    }
}
