using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Markets;

/// <summary>One market: what it can be read for, how often it may be called, and the making of its feeds. All that a new market registers.</summary>
internal interface IMarketConnector
{
    /// <summary>The market.</summary>
    MarketZone Zone { get; }

    /// <summary>Calls a minute that the market allows, where the configuration says nothing else.</summary>
    double CallsPerMinute { get; }

    /// <summary>Every feed that <see cref="Create"/> makes, by its full name, such as <c>pjm:rt_hrl_lmps</c>.</summary>
    IReadOnlyList<string> Feeds { get; }

    /// <summary>Makes all feeds. They make no call before they are asked to fetch.</summary>
    IEnumerable<IMarketFeed> Create(MarketContext context);
}
