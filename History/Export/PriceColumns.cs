using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Export;

/// <summary>The columns of prices in CSV and Parquet, named as in the JSON.</summary>
public static class PriceColumns
{
    /// <summary>The market.</summary>
    public static Column<PriceRow> Zone { get; } = Column<PriceRow>.Text("market_zone", static (in row) => row.Tick.MarketZone.Name(), isRequired: true);

    /// <summary>The market's id of the place.</summary>
    public static Column<PriceRow> Location { get; } = Column<PriceRow>.Text("location", static (in row) => row.Tick.Location, isRequired: true);

    /// <summary>The price series.</summary>
    public static Column<PriceRow> PriceType { get; } = Column<PriceRow>.Text("price_type", static (in row) => row.Tick.PriceType.Name(), isRequired: true);

    /// <summary>Start of the interval.</summary>
    public static Column<PriceRow> Timestamp { get; } = Column<PriceRow>.Time("timestamp", static (in row) => row.Tick.Timestamp, isRequired: true);

    /// <summary>Name and kind of the place.</summary>
    public static IReadOnlyList<Column<PriceRow>> Names { get; } =
    [
        Column<PriceRow>.Text("location_name", static (in row) => row.LocationName),
        Column<PriceRow>.Text("location_type", static (in row) => row.LocationType),
    ];

    /// <summary>Everything of a price but its key.</summary>
    public static IReadOnlyList<Column<PriceRow>> Values { get; } =
    [
        Column<PriceRow>.Integer("interval_minutes", static (in row) => row.Tick.IntervalMinutes, isRequired: true),
        Column<PriceRow>.Number("price", static (in row) => row.Tick.Price, isRequired: true),
        Column<PriceRow>.Number("energy_cost", static (in row) => row.Tick.EnergyCost),
        Column<PriceRow>.Number("congestion_cost", static (in row) => row.Tick.CongestionCost),
        Column<PriceRow>.Number("loss_cost", static (in row) => row.Tick.LossCost),
        Column<PriceRow>.Number("volume", static (in row) => row.Tick.Volume),
        Column<PriceRow>.Number("renewable_percentage", static (in row) => row.Tick.RenewablePercentage),
        Column<PriceRow>.Number("load_forecast", static (in row) => row.Tick.LoadForecast),
        Column<PriceRow>.Time("published_at", static (in row) => row.Tick.PublishedAt, isRequired: true),
        Column<PriceRow>.Integer("revision", static (in row) => row.Tick.Revision, isRequired: true),
        Column<PriceRow>.Text("source", static (in row) => row.Tick.Source),
    ];

    /// <summary>What a revision has beside the price.</summary>
    public static IReadOnlyList<Column<PriceRow>> Revision { get; } =
    [
        Column<PriceRow>.Time("ingested_at", static (in row) => row.IngestedAt, isRequired: true),
        Column<PriceRow>.Time("superseded_at", static (in row) => row.SupersededAt),
    ];
}
