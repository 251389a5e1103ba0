using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>Reads generation by fuel, hour by hour, for its renewable share. A month is some 8,000 rows, so a read is added up whole.</summary>
internal sealed class PjmFuelFeed(MarketContext market) : IMarketFeed
{
    /// <summary>Its full name.</summary>
    public const string FeedName = "pjm:gen_by_fuel";

    private const int Start = 0, Fuel = 1, Megawatts = 2, IsRenewable = 3;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly PollSchedule Hourly = PollSchedule.Every(Hour, TimeSpan.FromMinutes(22));
    private static readonly PjmColumn[] Columns = [new("datetime_beginning_utc"), new("fuel_type"), new("mw"), new("is_renewable", IsRequired: false)];

    private readonly DataMiner _miner = new(FeedName, market);
    private readonly TimeProvider _clock = market.Clock;

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.PJM;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.FromDays(2);

    public TimeSpan Ahead => Hour;

    public Reread Reread => new(TimeSpan.FromHours(6), TimeSpan.Zero);

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(30);

    public DateTimeOffset NextPoll(DateTimeOffset now) => Hourly.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        var mix = new PjmFuelMix();
        var values = new PjmFundamentals();
        var time = new PjmTime();
        string? warning = null;
        await foreach (var page in _miner.ReadAsync(Query(range.From, range.To ?? now), null, cancellationToken))
        {
            while (page.Rows.Read())
            {
                values.Rows++;
                if (page.Rows.Fault is { } fault) values.Reject(fault);
                else Take(page.Rows);
            }

            warning ??= page.Next().Warning;
        }

        var reached = range.From;
        foreach (var share in mix.Shares(isCutShort: warning is not null))
        {
            if (!range.Wants(share.Start)) continue;
            values.Add(share);
            reached = Instants.Later(reached, share.Start + Hour);
        }

        yield return values.Build(reached).With(warning);

        void Take(PjmTable row)
        {
            if (!time.TryRead(row[Start], out var start)) values.Reject("datetime_beginning_utc is not a time");
            else if (start < TimeLimits.Earliest) values.Reject($"datetime_beginning_utc is before {TimeLimits.Earliest.Year}");
            else if (start > now + Hour) values.Reject("datetime_beginning_utc is more than 1 h ahead");
            else if (!FeedNumber.TryParse(row[Megawatts], out var megawatts)) values.Reject("mw is blank or not a finite number");
            else mix.Add(start.Floor(Hour), row[Fuel], Flag(row[IsRenewable]), megawatts);
        }
    }

    private static bool? Flag(ReadOnlySpan<char> text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) || text is "1" ? true
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) || text is "0" ? false
        : null;

    private static PjmQuery Query(DateTimeOffset from, DateTimeOffset to) => new("gen_by_fuel", Columns)
    {
        Sort = "datetime_beginning_utc",
        Filters = [("datetime_beginning_utc", PjmQuery.Times(from.Floor(Hour), to))],
    };
}
