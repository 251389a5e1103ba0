using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// Reads load, or one of its forecasts, from the Outlook's file of demand, every five minutes: for when OASIS is away.
/// </summary>
/// <param name="name">The feed's name: that of the one it stands in for.</param>
/// <param name="series">What is read of the file.</param>
/// <param name="market">The market.</param>
internal sealed class OutlookDemandFeed(string name, OutlookDemand series, MarketContext market) : IMarketFeed
{
    private const string Measured = "Current demand";

    private readonly OutlookClient _outlook = new(market);

    public string Name => name;

    public MarketZone Zone => MarketZone.CAISO;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan? BackfillChunk => TimeSpan.FromDays(7);

    public TimeSpan Lookback => TimeSpan.FromDays(1);

    public TimeSpan Ahead => TimeSpan.FromDays(1);

    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => now.AddMinutes(5);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var until = Instants.Earlier(range.To ?? now.AddTicks(1), PacificDay.Start(PacificDay.Of(now).AddDays(1)));
        foreach (var day in PacificDay.Within(range.From, until))
        {
            // Asked for seldom and in need only, so always whole.
            if (await _outlook.GetAsync(Name, OutlookFile.Demand, day, isWhole: true, cancellationToken) is { } file) yield return Page(range, file, day, now);
        }
    }

    private FeedPage Page(FeedRange range, OutlookFile file, DateOnly day, DateTimeOffset now)
    {
        var page = new FundamentalPageBuilder(Name, range, now, CaisoHorizon.Forecasts);
        var (columns, rows) = OutlookTable.Read(Name, file.Answer.Body, day, file.IsCurrent ? now : null, Measured);
        var column = Array.FindIndex(columns, title => title.Equals(series.Column, StringComparison.OrdinalIgnoreCase));
        if (column < 0) throw new MarketFeedException(Name, $"column {series.Column} is missing; the columns are: {string.Join(", ", columns)}");
        foreach (var (start, values) in rows)
        {
            page.CountRow();
            if (values[column] is { } megawatts && page.Believes(start, "Time"))
                page.Add(new(series.Kind, start, OutlookTable.Minutes, megawatts, series.PublishedAt(start)));
        }

        return page.Build();
    }
}
