using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// What the rules that look at one location have said of it last. Looks at the prices of a turn, and says what has changed; whoever
/// gave the turn passes it on and lets no offset be committed before the rules' users have it.
/// </summary>
/// <remarks>
/// <para>What was said is forgotten with the activation, and may be lost between here and the user when a silo dies. Both come
/// right by one rule: a price that is delivered again, at or before the interval of what was said last, has everything from
/// its interval on said anew. A user's grain knows what it has heard.</para>
/// <para>Late prices and corrections of earlier intervals are not looked at: they change the past, not what is to be done now.</para>
/// </remarks>
internal sealed class LocationAlerts
{
    /// <summary>How far before the newest interval a price that is delivered again is still looked at.</summary>
    private static readonly long Reach = TimeSpan.TicksPerHour;

    private RulesInForce _inForce = RulesInForce.Empty;
    private Watched[] _watched = [];

    /// <summary>Looks at what a turn has left.</summary>
    /// <param name="location">The location.</param>
    /// <param name="inForce">The rules in force.</param>
    /// <param name="book">The book after the turn.</param>
    /// <param name="ticks">The turn's ticks.</param>
    /// <param name="kinds">How each was taken.</param>
    /// <param name="findings">Receives what is to be reported.</param>
    public void Look(
        in LocationId location, RulesInForce inForce, LocationBook book, ReadOnlySpan<PriceTick> ticks, ReadOnlySpan<TickKind> kinds, List<AlertFinding> findings)
    {
        if (!ReferenceEquals(inForce, _inForce)) Follow(inForce, location);
        foreach (var watched in _watched)
        {
            var rule = watched.Posted.Rule;
            var from = From(rule, book, ticks, kinds);
            if (from == long.MaxValue) continue;
            if (from <= watched.Since) watched.Holds = null;

            var series = book.SeriesAt((int)rule.PriceType - 1)!;
            for (var place = series.FirstFrom(from); place < series.Count; place++) Look(watched, book, place, location.Location, findings);
        }
    }

    /// <summary>Looks at the newest prices with rules that have never been looked with here, so that what holds already when a rule is made is said at once.</summary>
    public void LookWithNew(in LocationId location, RulesInForce inForce, LocationBook book, List<AlertFinding> findings)
    {
        if (!ReferenceEquals(inForce, _inForce)) Follow(inForce, location);
        foreach (var watched in _watched)
        {
            if (watched.Since == long.MinValue && book.SeriesAt((int)watched.Posted.Rule.PriceType - 1) is { Count: > 0 } series)
                Look(watched, book, series.Count - 1, location.Location, findings);
        }
    }

    private static void Look(Watched watched, LocationBook book, int place, string location, List<AlertFinding> findings)
    {
        var rule = watched.Posted.Rule;
        if (AlertConditions.Value(rule, book, place) is not { } value || AlertConditions.Judge(rule, value) is not { } holds || holds == watched.Holds) return;

        var interval = book.SeriesAt((int)rule.PriceType - 1)!.Intervals[place];
        (watched.Holds, watched.Since) = (holds, interval.StartTicks);
        findings.Add(new(watched.Posted.User, new(rule.Id, rule.Version, location, holds, new(interval.StartTicks, TimeSpan.Zero), value, interval.Price)));
    }

    /// <summary>The first interval of the rule's series that the turn gives reason to look at; the greatest number for none.</summary>
    private static long From(AlertRule rule, LocationBook book, ReadOnlySpan<PriceTick> ticks, ReadOnlySpan<TickKind> kinds)
    {
        var first = long.MaxValue;
        if (book.SeriesAt((int)rule.PriceType - 1) is not { Count: > 0 } series) return first;

        var isDart = rule.Kind is AlertKind.DartAbove or AlertKind.DartBelow;
        var newest = series.Intervals[^1].StartTicks;
        for (var i = 0; i < ticks.Length; i++)
        {
            var start = ticks[i].Timestamp.UtcTicks;
            if (ticks[i].PriceType == rule.PriceType)
            {
                var counts = kinds[i] switch
                {
                    TickKind.New => true,
                    TickKind.Revised => start == newest,
                    TickKind.Duplicate => start >= newest - Reach,
                    _ => false,
                };
                if (counts && start < first) first = start;
            }
            else if (isDart && ticks[i].PriceType == PriceType.DayAheadHourly && kinds[i] != TickKind.Superseded
                && newest - newest % TimeSpan.TicksPerHour == start && newest < first)
            {
                first = newest;
            }
        }

        return first;
    }

    private void Follow(RulesInForce inForce, in LocationId location)
    {
        _inForce = inForce;
        var rules = inForce.At(location);
        if (rules.Length == 0 && _watched.Length == 0) return;

        var before = _watched;
        _watched = Array.ConvertAll(rules, posted => Array.Find(before, watched => watched.IsOf(posted)) ?? new Watched(posted));
    }

    private sealed class Watched(PostedRule posted)
    {
        public PostedRule Posted => posted;

        /// <summary>What was said last; null when that is not known.</summary>
        public bool? Holds { get; set; }

        /// <summary>Start of the interval of what was said last.</summary>
        public long Since { get; set; } = long.MinValue;

        public bool IsOf(PostedRule other) =>
            posted.User == other.User && posted.Rule.Id == other.Rule.Id && posted.Rule.Version == other.Rule.Version;
    }
}
