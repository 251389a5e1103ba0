using System.Text.Json;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>From three markets' labels of the day of 25 hours to <c>/api/v1/prices/history</c>, through the whole product.</summary>
public sealed class FallDayTests
{
    [Fact]
    public async Task History_DayOf25Hours_HasEachHourOnceInUtc()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var markets = await FallDayMarkets.StartAsync();
        var settings = new List<(string, string)>();
        foreach (var (zone, feed) in new[] { ("PJM", "da_hrl_lmps"), ("CAISO", "PRC_LMP"), ("ERCOT", "np4-190-cd") })
        {
            settings.AddRange(
            [
                ($"Connectors__{zone}__Feed", "Live"),
                ($"Connectors__{zone}__BaseUrl", $"{markets.Address}/{zone.ToLowerInvariant()}"),
                ($"Connectors__{zone}__Feeds__0", feed),
                ($"Connectors__{zone}__Http__CallsPerMinute", "600"),
            ]);
        }

        await using var product = await EmbeddedProduct.StartAsync(settings, cancellation);

        foreach (var (zone, location, midnight) in new[] { ("PJM", "900001", 4), ("CAISO", "FALL_NODE", 7), ("ERCOT", "HB_FALL", 5) })
        {
            List<JsonElement> hours = [];
            await Eventually.TrueAsync(
                async () => (hours = await product.Http.AllAsync(
                    $"/api/v1/prices/history?zone={zone}&location={location}&price_type=DAY_AHEAD_HOURLY&start=2025-11-01T00:00:00Z&end=2025-11-05T00:00:00Z&sort=asc", cancellation)).Count >= 25,
                TimeSpan.FromSeconds(60), () => $"{hours.Count} hours of {zone}:\n{product.Output}", cancellation);

            var first = new DateTimeOffset(2025, 11, 2, midnight, 0, 0, TimeSpan.Zero);
            Assert.Equal(
                Enumerable.Range(0, 25).Select(hour => (first.AddHours(hour), hour + 1.0)),
                hours.Select(hour => (hour.GetProperty("timestamp").GetDateTimeOffset(), hour.GetProperty("price").GetDouble())));
        }
    }
}
