using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// Reads the share of renewable generation from the Outlook's fuel mix, every five minutes; of days before 2018-04-10, hourly, from
/// the Daily Renewables Watch where the address still has it.
/// </summary>
internal sealed class OutlookFuelMixFeed(MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "caiso:fuelsource";

    /// <summary>A row is there some minutes after its five are over.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    private static readonly PollSchedule Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(160));

    private readonly OutlookClient _outlook = new(market);

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.CAISO;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(7);

    public TimeSpan Lookback => TimeSpan.FromHours(3);

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => new(TimeSpan.FromHours(3), TimeSpan.FromHours(1));

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var until = Instants.Earlier(range.To ?? now.AddTicks(1), now.AddTicks(1));
        foreach (var day in PacificDay.Within(range.From, until))
        {
            var file = await _outlook.GetAsync(Name, OutlookFile.FuelMix, day, isWhole: range.To is not null, cancellationToken);
            if (file is null) continue;
            yield return Page(range, file, day, now);
            _outlook.Note(file);
        }
    }

    private FeedPage Page(FeedRange range, OutlookFile file, DateOnly day, DateTimeOffset now)
    {
        var page = new FundamentalPageBuilder(Name, range, now, CaisoHorizon.Forecasts);
        if (DailyRenewablesWatch.Is(file.Answer.Body.Span))
        {
            foreach (var (start, share) in DailyRenewablesWatch.Read(Name, file.Answer.Body, page.Reject))
                Add(page, start, minutes: 60, share);
            return page.Build();
        }

        var (columns, rows) = OutlookTable.Read(Name, file.Answer.Body, day, file.IsCurrent ? now : null);
        var mix = new FuelMix(Name, columns);
        foreach (var (start, values) in rows)
        {
            if (mix.Share(values) is { } share) Add(page, start, OutlookTable.Minutes, share);
            else page.Reject("a source's output is blank or not a finite number");
        }

        return page.Build();
    }

    private static void Add(FundamentalPageBuilder page, DateTimeOffset start, int minutes, double share)
    {
        page.CountRow();
        if (page.Believes(start, "Time")) page.Add(new(FundamentalKind.RenewableShare, start, minutes, share, start.AddMinutes(minutes) + Delay - TimeSpan.FromMinutes(OutlookTable.Minutes)));
    }
}
