using OptiBid.History.Export;

namespace OptiBid.Simulator.History;

/// <summary>The columns of the files, in the order of a record on Kafka.</summary>
internal static class TickColumns
{
    public static IReadOnlyList<Column<PriceRow>> All { get; } =
        [PriceColumns.Timestamp, PriceColumns.Zone, PriceColumns.PriceType, PriceColumns.Location, .. PriceColumns.Values];
}
