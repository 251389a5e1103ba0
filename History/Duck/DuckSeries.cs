using DuckDB.NET.Data;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Batches;

namespace OptiBid.History.Duck;

/// <summary>Adds series to the embedded file's <c>market_data_series</c>; its one writer keeps them unique.</summary>
internal sealed class DuckSeries : SeenSeries
{
    private const string Insert =
        """
        insert into market_data_series
        from (select unnest($zones::varchar[]) as market_zone, unnest($locations::varchar[]) as location, unnest($types::varchar[]) as price_type) as incoming
        anti join market_data_series as stored using (market_zone, location, price_type)
        """;

    public static void Register(DuckDBConnection writer, IReadOnlyList<(LocationId Location, PriceType PriceType)> series)
    {
        if (series.Count == 0) return;

        _ = writer.Execute(Insert,
            ("zones", series.Select(one => one.Location.Zone.Name()).ToList()),
            ("locations", series.Select(one => one.Location.Location).ToList()),
            ("types", series.Select(one => one.PriceType.Name()).ToList()));
    }
}
