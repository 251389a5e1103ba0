namespace OptiBid.Gateway.Api.Output;

/// <summary>One location whole.</summary>
/// <param name="MarketZone">The market.</param>
/// <param name="Location">The market's own id of the place.</param>
/// <param name="LocationName">The market's name for it; null when the directory does not have it.</param>
/// <param name="LocationType">What kind of place it is; null when the directory does not have it.</param>
/// <param name="Hub">The hub its basis is taken against; null where there is none.</param>
/// <param name="Prices">The newest price of each price type.</param>
/// <param name="DartSpread">Day-ahead minus real-time; null when one of the two is not known for the same hour.</param>
/// <param name="Basis">The location minus its hub; null when one of the two is not known for the same interval.</param>
/// <param name="LastRevision">The newest price that the market has revised and published last; null when none of the newest was revised.</param>
public sealed record LocationPrices(
    string MarketZone,
    string Location,
    string? LocationName,
    string? LocationType,
    string? Hub,
    IReadOnlyList<PriceView> Prices,
    DartSpread? DartSpread,
    Basis? Basis,
    LastRevision? LastRevision);

/// <summary>Day-ahead price of the hour that covers the newest real-time interval, minus that interval's price, $/MWh.</summary>
/// <param name="Value">The spread, $/MWh.</param>
/// <param name="DayAheadPrice">The hour's day-ahead price, $/MWh.</param>
/// <param name="RealTimePrice">The interval's real-time price, $/MWh.</param>
/// <param name="PriceType">The real-time series.</param>
/// <param name="Timestamp">Start of the real-time interval, UTC.</param>
public sealed record DartSpread(double Value, double DayAheadPrice, double RealTimePrice, string PriceType, DateTime Timestamp);

/// <summary>Price of the location minus the price of its hub in the same interval, $/MWh.</summary>
/// <param name="Value">The basis, $/MWh.</param>
/// <param name="Hub">The hub.</param>
/// <param name="Price">The location's price, $/MWh.</param>
/// <param name="HubPrice">The hub's price, $/MWh.</param>
/// <param name="PriceType">The price series of both.</param>
/// <param name="Timestamp">Start of the interval, UTC.</param>
public sealed record Basis(double Value, string Hub, double Price, double HubPrice, string PriceType, DateTime Timestamp);

/// <summary>A revision by the market.</summary>
/// <param name="PriceType">The price series.</param>
/// <param name="Timestamp">Start of the revised interval, UTC.</param>
/// <param name="Revision">2 for the first other value, one more for each after.</param>
/// <param name="Price">The price now, $/MWh.</param>
/// <param name="PublishedAt">When it was published, UTC.</param>
public sealed record LastRevision(string PriceType, DateTime Timestamp, int Revision, double Price, DateTime PublishedAt);
