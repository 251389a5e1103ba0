using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Analytics;

/// <summary>A gateway over a history with gaps, in February 2027; MISO is not public. Its tests leave it as it was.</summary>
public sealed class AnalyticsFixture : IAsyncLifetime
{
    /// <summary>The day the clocks change in autumn, by Eastern time.</summary>
    public static readonly DateTimeOffset Autumn = new(2026, 11, 1, 4, 0, 0, TimeSpan.Zero);

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(
        Fill, settings: new() { ["Connectors:MISO:Publish"] = "false" }, clock: new FakeTimeProvider(Autumn.AddDays(100)));

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    internal static void Fill(MemoryHistory history)
    {
        history.Add(
            new MarketLocation(new LocationId(MarketZone.PJM, "A"), "WESTERN HUB", LocationType.Hub, "A"),
            new MarketLocation(new LocationId(MarketZone.PJM, "LONE"), "LONE", LocationType.Node),
            new MarketLocation(new LocationId(MarketZone.PJM, "NODE"), "A NODE", LocationType.Node, "A"),
            new MarketLocation(new LocationId(MarketZone.PJM, "N"), "N", LocationType.Node, "H"));

        // Three days around the change of the clock, of the second only three hours.
        history.Add(Hours(Autumn, 25).Concat(Hours(Autumn.AddHours(25), 3)).Concat(Hours(Autumn.AddHours(49), 24)));
        history.Add(Hours(Autumn, 1).Select(tick => tick with { Location = "B" }));

        // From noon on 22 November, by the interval.
        history.Add(Enumerable.Range(0, 29).Select(i => Ticks.Tick("A", i, i)));
        history.Add(Enumerable.Range(0, 3).Select(i => Ticks.Tick("A", 10 + i, i, type: PriceType.DayAheadHourly)));
        history.Add(Ticks.Tick("NODE", -2, 0), Ticks.Tick("NODE", 0, 2), Ticks.Tick("NODE", 0, 40));
        history.Add(Enumerable.Range(0, 24).Select(i => Ticks.Tick("C", i % 12 == 0 ? 120 : i < 12 ? 0 : 12, i)));
        history.Add(Enumerable.Range(0, 25).SelectMany(i => new[] { Ticks.Tick("N", i, i), Ticks.Tick("H", 0, i) }));
    }

    private static IEnumerable<PriceTick> Hours(DateTimeOffset start, int hours) =>
        Enumerable.Range(0, hours).Select(i => Ticks.Tick("A", i, type: PriceType.DayAheadHourly) with { Timestamp = start.AddHours(i) });
}

/// <summary>One gateway for the tests of all analytics.</summary>
[CollectionDefinition(nameof(AnalyticsTests))]
public sealed class AnalyticsTests : ICollectionFixture<AnalyticsFixture>;
