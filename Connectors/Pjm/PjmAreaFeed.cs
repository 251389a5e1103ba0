using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Reads load or a load forecast for all of PJM; other areas are passed over. Of measured load the cursor is the end of the newest
/// interval, of forecasts the newest evaluation.
/// </summary>
internal sealed class PjmAreaFeed(PjmAreaFeedDefinition definition, MarketContext market) : IMarketFeed
{
    private const int Start = 0, Area = 1, Value = 2, Evaluated = 3;
    private const int PageValues = 10_000;

    private readonly DataMiner _miner = new(definition.Name, market);
    private readonly TimeProvider _clock = market.Clock;

    public string Name => definition.Name;

    public MarketZone Zone => MarketZone.PJM;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => definition.Lookback;

    public TimeSpan Ahead => definition.Interval;

    public Reread Reread => definition.Reread;

    public TimeSpan? BackfillChunk => definition.BackfillChunk;

    public DateTimeOffset NextPoll(DateTimeOffset now) => definition.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        var reached = range.From;
        var isMet = false;
        var (start, evaluated) = (new PjmTime(), new PjmTime());
        var values = new PjmFundamentals();
        await foreach (var page in _miner.ReadAsync(Query(range, now), null, cancellationToken))
        {
            while (page.Rows.Read())
            {
                if (values.Count == PageValues)
                {
                    yield return values.Build(range.From);
                    values = new PjmFundamentals();
                }

                values.Rows++;
                if (page.Rows.Fault is { } fault)
                {
                    values.Reject(fault);
                }
                else if (PjmAreaFeedDefinition.IsWhole(page.Rows[Area]))
                {
                    isMet = true;
                    Take(page.Rows);
                }
            }

            var (next, warning) = page.Next();
            var rest = values.Build(next > 0 ? range.From : reached).With(warning);
            yield return next == 0 && !isMet && page.Rows.Rows > 0
                ? rest.With($"{Name}: no row is for all of PJM ({definition.Area.Name} {definition.Whole})")
                : rest;
            values = new PjmFundamentals();
        }

        void Take(PjmTable row)
        {
            var published = DateTimeOffset.MinValue;
            if (!start.TryRead(row[Start], out var begins)) values.Reject($"{definition.Start.Name} is not a time");
            else if (begins < TimeLimits.Earliest) values.Reject($"{definition.Start.Name} is before {TimeLimits.Earliest.Year}");
            else if (begins > now + definition.Reach + TimeSpan.FromHours(1)) values.Reject($"{definition.Start.Name} is too far ahead");
            else if (definition.Evaluated is { } column && !evaluated.TryRead(row[Evaluated], out published)) values.Reject($"{column.Name} is not a time");
            else if (published > now + TimeSpan.FromHours(1)) values.Reject($"{definition.Evaluated!.Name} is in the future");
            else if (!FeedNumber.TryParse(row[Value], out var megawatts)) values.Reject($"{definition.Value.Name} is blank or not a finite number");
            else if (begins.Floor(definition.Interval) is var interval && range.Wants(interval))
            {
                // A reading is published when it is taken, for the interval it is taken in.
                if (definition.Evaluated is null) published = begins;
                values.Add(new Fundamental(definition.Kind, interval, (int)definition.Interval.TotalMinutes, megawatts, published));
                reached = Instants.Later(reached, definition.Evaluated is null ? interval + definition.Interval : published);
            }
        }
    }

    private PjmQuery Query(FeedRange range, DateTimeOffset now)
    {
        // The interval of a forecast may lie as far behind as the forecast reached when it was made.
        var (column, from, to) = definition switch
        {
            { IsAskedByEvaluation: true } => (definition.Evaluated!, range.To is null ? range.From : range.From - definition.Reach, range.To ?? now),
            { Evaluated: not null } => (definition.Start, range.To is null ? now.Floor(definition.Interval) : range.From, range.To ?? now + definition.Reach),
            _ => (definition.Start, range.From, range.To ?? now),
        };
        return new PjmQuery(definition.Feed, definition.Columns)
        {
            Sort = column.Name,
            Filters = [(column.Name, PjmQuery.Times(from, to)), (definition.Area.Name, definition.Whole)],
        };
    }
}
