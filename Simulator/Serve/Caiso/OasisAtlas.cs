using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>The lists of nodes.</summary>
internal sealed class OasisAtlas(ServedMarket market)
{
    private static readonly Cell[] Validity = [Cell.Of("2009-04-01T07:00:00-00:00"), Cell.Of("2100-01-01T08:00:00-00:00"), Cell.Of("2009-04-01T00:00:00"), Cell.Of("2100-01-01T00:00:00")];

    /// <summary>Aggregated pricing nodes.</summary>
    public Table Aggregates() => new(
        ["APNODE_ID", "APNODE_TYPE", "START_DATE_GMT", "END_DATE_GMT", "START_DATE", "END_DATE"],
        Places.Where(OasisPrices.IsAggregate).Select(place => (Cell[])[Cell.Of(place.Location), Cell.Of(Kind(place)), .. Validity]));

    /// <summary>Pricing nodes.</summary>
    public Table Nodes() => new(
        ["PNODE_ID", "PNODE_TYPE", "START_DATE_GMT", "END_DATE_GMT", "START_DATE", "END_DATE"],
        Places.Where(place => !OasisPrices.IsAggregate(place)).Select(place => (Cell[])[Cell.Of(place.Location), Cell.Of(place.Type == LocationType.Gen ? "G" : "N"), .. Validity]));

    /// <summary>Which pricing nodes make up each trading hub.</summary>
    public Table Map() => new(
            ["APNODE_ID", "PNODE_ID", "START_DATE_GMT", "END_DATE_GMT", "START_DATE", "END_DATE"],
            Places.Where(place => !OasisPrices.IsAggregate(place) && place.Model.Entry.Hub is not null)
                .Select(place => (Cell[])[Cell.Of(place.Model.Entry.Hub!), Cell.Of(place.Location), .. Validity]));

    private IReadOnlyList<ServedPlace> Places => market.Places(PriceType.DayAheadHourly);

    private static string Kind(ServedPlace place) => place.Type switch { LocationType.Hub => "TH", LocationType.Zone => "DPZ", _ => "AP" };
}
