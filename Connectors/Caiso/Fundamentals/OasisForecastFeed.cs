using System.Runtime.CompilerServices;
using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Fundamentals;

/// <summary>Reads one run of OASIS' load report, or its forecasts of wind and sun.</summary>
internal sealed class OasisForecastFeed(OasisForecast forecast, MarketContext market) : IMarketFeed
{
    private readonly OasisClient _oasis = new(market);

    public string Name => forecast.Name;

    public MarketZone Zone => MarketZone.CAISO;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan? BackfillChunk => forecast.Window;

    public TimeSpan Lookback => forecast.Behind;

    public TimeSpan Ahead => forecast.Ahead;

    /// <summary>With every poll all that is of use now: forecasts change, and what is known of them is not kept over a restart.</summary>
    public Reread Reread => new(forecast.Behind, TimeSpan.Zero);

    public DateTimeOffset NextPoll(DateTimeOffset now) => forecast.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = market.Clock.GetUtcNow();
        var from = range.From.Floor(TimeSpan.FromHours(1));
        var until = range.To ?? Instants.Later((now + forecast.Ahead).Ceiling(TimeSpan.FromHours(1)), from.AddHours(1));
        foreach (var window in FeedWindows.Split(from, until, forecast.Window))
        {
            var page = new FundamentalPageBuilder(Name, range, now, CaisoHorizon.Forecasts);
            yield return forecast.IsRenewable
                ? await RenewableAsync(window, page, cancellationToken)
                : await LoadAsync(window, page, cancellationToken);
        }
    }

    private async Task<FeedPage> LoadAsync((DateTimeOffset From, DateTimeOffset To) window, FundamentalPageBuilder page, CancellationToken cancellationToken)
    {
        var rows = new LoadRows(Name, forecast.MarketRun, page);
        await _oasis.ReportAsync(Name, "SLD_FCST", 1, window.From, window.To, [("market_run_id", forecast.MarketRun)], rows.Add, cancellationToken);
        return page.Build().With(rows.Warning);
    }

    private async Task<FeedPage> RenewableAsync((DateTimeOffset From, DateTimeOffset To) window, FundamentalPageBuilder page, CancellationToken cancellationToken)
    {
        var rows = new RenewableRows(Name, forecast.MarketRun, page);
        await _oasis.ReportAsync(Name, "SLD_REN_FCST", 1, window.From, window.To, [("market_run_id", forecast.MarketRun)], rows.Add, cancellationToken);
        rows.Finish();
        return page.Build();
    }
}
