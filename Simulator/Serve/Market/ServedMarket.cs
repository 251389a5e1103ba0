using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Faults;

namespace OptiBid.Simulator.Serve.Market;

/// <summary>
/// A market with its publications: the values of a <see cref="SimulatedMarket"/>, each from the moment its feed has it, and
/// the corrections that faults have brought about.
/// </summary>
/// <remarks>
/// Everything is a function of seed, time and the faults there have been, so any range can be asked for at any time and nothing
/// is remembered per row.
/// </remarks>
internal sealed class ServedMarket
{
    private readonly SimulatedMarket _model;
    private readonly FaultBook _faults;
    private readonly TimeProvider _time;
    private readonly ServedPlace[] _places;
    private readonly ServedPlace[] _settled;
    private readonly PriceFeed[] _feeds;

    public ServedMarket(MarketZone zone, int seed, int locations, FaultBook faults, TimeProvider time)
    {
        Zone = zone;
        _faults = faults;
        _time = time;
        _model = new SimulatedMarket(zone, seed, locations);
        _places = [.. _model.Locations.Select(place => new ServedPlace(place.Location, place.Entry.Name, place.Entry.Type, place))];
        _settled = zone == MarketZone.ERCOT
            ? [.. _places.SelectMany(place => place.Name.StartsWith("LZ_", StringComparison.Ordinal) ? [place, EnergyWeighted(place)] : new[] { place })]
            : _places;
        _feeds = [.. PriceFeeds.All.Where(feed => feed.Zone == zone)];
        Types = [.. _feeds.Select(feed => feed.Type).Distinct().Order()];
    }

    /// <summary>The market.</summary>
    public MarketZone Zone { get; }

    /// <summary>The price series it publishes.</summary>
    public IReadOnlyList<PriceType> Types { get; }

    /// <summary>The clock it labels its intervals by.</summary>
    public TimeZoneInfo Clock => MarketClocks.Of(Zone);

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Load and generation in the five minutes that hold an instant, MW.</summary>
    public MarketConditions Conditions(DateTimeOffset instant) => _model.Conditions(instant);

    /// <summary>The places of a price series.</summary>
    public IReadOnlyList<ServedPlace> Places(PriceType type) => type == PriceType.RealTime15Min ? _settled : _places;

    /// <summary>Whether any fault can have changed when, or with what, an interval is published; if not, all places are alike.</summary>
    public bool IsTouched(PriceFeed feed, DateTimeOffset start) => Strikes(feed, start).Any();

    /// <summary>When a feed has an interval of a place.</summary>
    public DateTimeOffset PublishedAt(PriceFeed feed, ServedPlace place, DateTimeOffset start)
    {
        var regular = feed.PublishedAt(start);
        var published = regular;
        foreach (var fault in _faults.All)
        {
            if (!IsLate(fault, feed, regular) || Draw.Unit(fault.Id, start, feed.IsFile ? null : place.Location) >= fault.Request.Share) continue;
            published = Instants.Later(published, Instants.Earlier(regular + fault.Delay, Instants.Later(regular, fault.TakenBackAt)));
        }

        return published;
    }

    /// <summary>The versions of a place's interval that a feed has by now, the oldest first; none before it is published.</summary>
    public IReadOnlyList<PriceVersion> Versions(PriceFeed feed, ServedPlace place, DateTimeOffset start)
    {
        var now = Now;
        return PublishedAt(feed, place, start) > now ? [] : [.. Series(feed.Type, place, start).Where(version => version.PublishedAt <= now)];
    }

    /// <summary>The newest version that a feed has by now; null before it is published.</summary>
    public PriceVersion? Newest(PriceFeed feed, ServedPlace place, DateTimeOffset start)
    {
        if (!_faults.All.Any(fault => fault.IsOfIntervals)) return feed.PublishedAt(start) <= Now ? First(feed.Type, place, start) : null;
        return Versions(feed, place, start) is { Count: > 0 } versions ? versions[^1] : null;
    }

    /// <summary>The first version alone, as a file that is posted once holds it; null before it is posted.</summary>
    public PriceVersion? Original(PriceFeed feed, ServedPlace place, DateTimeOffset start) =>
        PublishedAt(feed, place, start) <= Now ? First(feed.Type, place, start) : null;

    /// <summary>
    /// All versions of a place's interval that there are or will be, the oldest first. The first is published when the first feed
    /// has it.
    /// </summary>
    public IEnumerable<PriceVersion> Series(PriceType type, ServedPlace place, DateTimeOffset start)
    {
        var version = First(type, place, start);
        yield return version;

        foreach (var (fault, published) in Corrections(type, start).OrderBy(entry => entry.PublishedAt))
        {
            var change = Math.Round(0.5 + 20 * Draw.Unit(7_000 + fault.Id, start, place.Location), 2) * (version.Price > 100 ? -1 : 1);
            version = version with
            {
                Price = Math.Round(version.Price + change, 6),
                Congestion = version.Congestion is { } congestion ? Math.Round(congestion + change, 6) : null,
                Version = version.Version + 1,
                PublishedAt = Instants.Later(published, version.PublishedAt.AddSeconds(1)),
            };
            yield return version;
        }
    }

    /// <summary>The corrections of an interval, which strike all its places, and when each comes.</summary>
    public IEnumerable<(Fault Fault, DateTimeOffset PublishedAt)> Corrections(PriceType type, DateTimeOffset start)
    {
        foreach (var fault in _faults.All)
        {
            if (CorrectedAt(fault, type, start) is { } corrected) yield return (fault, corrected);
        }
    }

    /// <summary>The corrected intervals of a price series that start from an instant, included, to another, excluded.</summary>
    public IEnumerable<(DateTimeOffset Start, Fault Fault, DateTimeOffset PublishedAt)> Corrected(PriceType type, DateTimeOffset from, DateTimeOffset to)
    {
        var interval = TimeSpan.FromMinutes(type.IntervalMinutes());
        var found = new List<(DateTimeOffset Start, Fault Fault, DateTimeOffset PublishedAt)>();
        foreach (var fault in _faults.All.Where(fault => fault.Kind == FaultKind.Corrected))
        {
            // Day-ahead prices come up to two days before their hour, verified ones up to four days after it.
            var first = Instants.Later(from, fault.From - Reach(fault, type) - TimeSpan.FromDays(5));
            var last = Instants.Earlier(to, Instants.Earlier(fault.End, Now).AddDays(3));
            foreach (var start in MarketDay.Between(first, last, interval))
            {
                if (CorrectedAt(fault, type, start) is { } published) found.Add((start, fault, published));
            }
        }

        return found.OrderBy(entry => entry.Start).ThenBy(entry => entry.PublishedAt);
    }

    /// <summary>What a correction changed: each place's price before and after, $/MWh.</summary>
    public IEnumerable<(ServedPlace Place, double Old, double New)> Changes(PriceType type, DateTimeOffset start, DateTimeOffset corrected)
    {
        foreach (var place in Places(type).OrderBy(place => place.Name, StringComparer.Ordinal))
        {
            PriceVersion[] series = [.. Series(type, place, start)];
            var i = Array.FindIndex(series, 1, version => version.PublishedAt >= corrected);
            if (i > 0) yield return (place, series[i - 1].Price, series[i].Price);
        }
    }

    private static TimeSpan Reach(Fault fault, PriceType type) =>
        fault.Request.Reach is { } seconds ? TimeSpan.FromSeconds(seconds) : type.IntervalMinutes() < 60 ? TimeSpan.FromHours(1) : TimeSpan.FromDays(4);

    private static ServedPlace EnergyWeighted(ServedPlace place) => place with { Location = place.Name + ":LZEW", IsEnergyWeighted = true };

    private IEnumerable<Fault> Strikes(PriceFeed feed, DateTimeOffset start) =>
        _faults.All.Where(fault => IsLate(fault, feed, feed.PublishedAt(start)) || CorrectedAt(fault, feed.Type, start) is not null);

    private bool IsLate(Fault fault, PriceFeed feed, DateTimeOffset published) =>
        fault.Kind == FaultKind.Late && fault.Concerns(Zone, feed.Host, feed.Name) && published >= fault.From && published < fault.End;

    /// <summary>When a fault corrects an interval; null where it does not.</summary>
    private DateTimeOffset? CorrectedAt(Fault fault, PriceType type, DateTimeOffset start)
    {
        if (fault.Kind != FaultKind.Corrected || Draw.Unit(fault.Id, start) >= fault.Request.Share) return null;
        var published = _feeds.Where(feed => feed.Type == type && fault.Concerns(Zone, feed.Host, feed.Name)).Select(feed => feed.PublishedAt(start)).DefaultIfEmpty(DateTimeOffset.MaxValue).Min();
        if (published < fault.From - Reach(fault, type) || published >= fault.End) return null;

        var corrected = Instants.Later(published, fault.From) + fault.Delay;
        return corrected < fault.TakenBackAt ? corrected : null;
    }

    private PriceVersion First(PriceType type, ServedPlace place, DateTimeOffset start)
    {
        var tick = _model.Price(place.Model, type, start);
        var published = _faults.All.Any(fault => fault.Kind == FaultKind.Late)
            ? _feeds.Where(feed => feed.Type == type).Min(feed => PublishedAt(feed, place, start))
            : _feeds.Where(feed => feed.Type == type).Min(feed => feed.PublishedAt(start));
        var price = place.IsEnergyWeighted ? Math.Round(tick.Price + 0.4 * Draw.Unit(77, start, place.Name) - 0.2, 2) : tick.Price;
        return new PriceVersion(start, price, tick.EnergyCost, tick.CongestionCost, tick.LossCost, 1, published);
    }
}
