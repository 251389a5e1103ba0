using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>How a product's rows name the interval they are about.</summary>
internal enum ErcotShape
{
    /// <summary>Delivery date and hour.</summary>
    Hours,

    /// <summary>Delivery date, hour and quarter of it.</summary>
    Quarters,

    /// <summary>The time a dispatch run started at.</summary>
    Runs,
}

/// <summary>A series of prices, or of their corrections, that ERCOT posts as files and serves through its public API.</summary>
/// <param name="Id">ERCOT's product id, such as <c>np6-905-cd</c>, with what tells two series of one product apart.</param>
/// <param name="ReportTypeId">Its number in the document list.</param>
/// <param name="Query">Its path in the public API.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="Shape">What its rows look like.</param>
/// <param name="Price">What the price column is called.</param>
/// <param name="Schedule">When it is asked for.</param>
internal sealed record ErcotProduct(string Id, int ReportTypeId, string Query, PriceType PriceType, ErcotShape Shape, string[] Price, PollSchedule Schedule)
{
    /// <summary>Full name, such as <c>ercot:np6-905-cd</c>.</summary>
    public string Name => "ercot:" + Id;

    /// <summary>ERCOT's id of the product, as the archive has it.</summary>
    public string Emil => Query[..Query.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>Prices, or corrections of them.</summary>
    public FeedKind Kind { get; init; }

    /// <summary>What the names of its files contain, where the list holds files of other series too.</summary>
    public string? Tag { get; init; }

    /// <summary>How far back the first read of a fresh deployment goes.</summary>
    public TimeSpan Lookback { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How far past now the newest interval ends.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long before the end of what it covers a file may be posted.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether its rows are corrections of prices.</summary>
    public bool IsCorrection => Kind == FeedKind.Corrections;

    /// <summary>
    /// When a row counts as published of which the market does not say it: as early as it can have been, so that nothing a file
    /// has told gives way to it. A function of the interval alone.
    /// </summary>
    public DateTimeOffset EarliestPublication(DateTimeOffset start) => Shape == ErcotShape.Hours
        ? DayAheadPublication.Of(start, MarketZone.ERCOT).AddHours(-1)
        : start.AddMinutes(PriceType.IntervalMinutes());
}
