using OptiBid.Connectors.Caiso.Oasis;
using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>One OASIS price report: how it is asked for and what it holds.</summary>
/// <param name="QueryName">Report name.</param>
/// <param name="MarketRun">Market run it is asked for.</param>
/// <param name="Version">Report version.</param>
/// <param name="PriceType">The price series.</param>
internal sealed record CaisoFeedDefinition(string QueryName, string MarketRun, int Version, PriceType PriceType)
{
    /// <summary>When it is asked.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far back a fresh deployment reads.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>What is read again behind the cursor.</summary>
    public required Reread Reread { get; init; }

    /// <summary>How far past now it reaches.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>Longest range asked for at once.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>Splits a range at fixed boundaries: into what is asked for singly where a longer answer is no use.</summary>
    public required Func<DateTimeOffset, DateTimeOffset, IEnumerable<OasisWindow>> Pieces { get; init; }

    /// <summary>Longest range of the past read in one go.</summary>
    public required TimeSpan BackfillChunk { get; init; }

    /// <summary>How long after its publication an interval whose components are not all there is waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>When an interval counts as published; OASIS rows do not say.</summary>
    public required Func<DateTimeOffset, DateTimeOffset> PublishedAt { get; init; }

    /// <summary>Length of an interval.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(PriceType.IntervalMinutes());

    /// <summary>Full name, such as <c>caiso:PRC_INTVL_LMP</c>.</summary>
    public string Name => "caiso:" + QueryName;
}
