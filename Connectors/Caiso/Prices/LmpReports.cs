using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>Asks for a price report of some market time, in as many calls as the configured nodes need, and joins the answers.</summary>
internal sealed class LmpReports(MarketContext market)
{
    private readonly OasisClient _oasis = new(market);
    private readonly IReadOnlyList<(string Name, string? Value)> _nodes = CaisoNodes.Parameters(market.Options.Locations);

    /// <summary>Reads a report.</summary>
    /// <param name="feed">The feed that reads.</param>
    /// <param name="report">The report.</param>
    /// <param name="window">The market time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MarketFeedException">One of the answers cannot be had or understood.</exception>
    public async Task<LmpJoin> ReadAsync(IMarketFeed feed, CaisoFeedDefinition report, OasisWindow window, CancellationToken cancellationToken)
    {
        var join = new LmpJoin(feed, report, market.Clock.GetUtcNow());
        foreach (var nodes in _nodes)
        {
            await _oasis.ReportAsync(
                feed.Name, report.QueryName, report.Version, window.From, window.To, [("market_run_id", report.MarketRun), nodes], join.Add, cancellationToken);
        }

        return join;
    }
}
