using System.Text.Json;

namespace OptiBid.Cluster.Tests;

/// <summary>Which price: the row there may be only one of.</summary>
internal readonly record struct PriceKey(string Zone, string Type, string Location, DateTimeOffset Start)
{
    public static PriceKey Of(JsonElement price) => new(
        price.GetProperty("market_zone").GetString()!, price.GetProperty("price_type").GetString()!, price.GetProperty("location").GetString()!,
        price.GetProperty("timestamp").GetDateTimeOffset());
}

/// <summary>A value that a market has published, $/MWh.</summary>
internal readonly record struct PublishedPrice(PriceKey Key, double Price, int Version)
{
    public static PublishedPrice Of(JsonElement line) => new(PriceKey.Of(line), line.GetProperty("price").GetDouble(), line.GetProperty("version").GetInt32());
}

/// <summary>A row of the history, $/MWh.</summary>
internal readonly record struct HistoryPrice(PriceKey Key, double Price, int Revision)
{
    public static HistoryPrice Of(JsonElement row) => new(PriceKey.Of(row), row.GetProperty("price").GetDouble(), row.GetProperty("revision").GetInt32());
}
