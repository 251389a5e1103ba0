using System.Buffers;
using System.Globalization;
using System.Text;

namespace OptiBid.Gateway.Api.Output;

/// <summary>Prices as CSV (RFC 4180): a header, the fields of the JSON in its order, empty for null, times in ISO 8601 UTC.</summary>
internal static class PriceCsv
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create("\",\r\n");

    public const string Header =
        "market_zone,location,location_name,location_type,price_type,timestamp,interval_minutes,price,energy_cost,congestion_cost,loss_cost," +
        "volume,renewable_percentage,load_forecast,published_at,revision,source\r\n";

    public static void AppendRow(StringBuilder row, PriceView price)
    {
        Text(row, price.MarketZone).Append(',');
        Text(row, price.Location).Append(',');
        Text(row, price.LocationName).Append(',');
        Text(row, price.LocationType).Append(',');
        Text(row, price.PriceType).Append(',');
        Time(row, price.Timestamp).Append(',');
        _ = row.Append(CultureInfo.InvariantCulture, $"{price.IntervalMinutes},{price.Price},{price.EnergyCost},{price.CongestionCost},{price.LossCost},");
        _ = row.Append(CultureInfo.InvariantCulture, $"{price.Volume},{price.RenewablePercentage},{price.LoadForecast},");
        Time(row, price.PublishedAt).Append(',');
        _ = row.Append(CultureInfo.InvariantCulture, $"{price.Revision},");
        _ = Text(row, price.Source).Append("\r\n");
    }

    private static StringBuilder Time(StringBuilder row, DateTime time) =>
        row.Append(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK}");

    private static StringBuilder Text(StringBuilder row, string? text) => text is null
        ? row
        : text.AsSpan().ContainsAny(NeedQuotes) ? row.Append('"').Append(text.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"') : row.Append(text);
}
