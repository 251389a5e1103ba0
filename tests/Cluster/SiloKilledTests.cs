using System.Diagnostics;
using Npgsql;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Guarantees 1, 2 and 3 with two silos, one of which dies without a word while prices pour in.</summary>
public sealed class SiloKilledTests
{
    private const int Locations = 60;
    private const int Intervals = 60;
    private const int KilledAt = 20;

    [Fact]
    public async Task Prices_OneOfTwoSilosKilled_GoOnWithinThirtySecondsAndNoneIsLostOrDoubled()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 2, cancellation);
        var first = Series.Now().AddMinutes(-5 * Intervals);

        for (var i = 0; i < KilledAt; i++)
            await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, KilledAt - 1, TimeSpan.FromSeconds(60), cancellation);

        // In the middle: records sent that nobody has confirmed yet.
        var sending = deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * KilledAt), KilledAt, Locations), cancellation);
        await deployment.Silos[0].KillAsync();
        var sinceKill = Stopwatch.StartNew();
        await sending;

        await ShownAsync(deployment, KilledAt, TimeSpan.FromSeconds(60), cancellation);
        var gap = sinceKill.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"Every partition's prices moved again {gap.TotalSeconds:F1} s after the kill.");
        Assert.InRange(gap, TimeSpan.Zero, TimeSpan.FromSeconds(30));

        for (var i = KilledAt + 1; i < Intervals; i++)
            await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, Intervals - 1, TimeSpan.FromSeconds(60), cancellation);

        await using var database = NpgsqlDataSource.Create(deployment.ConnectionString);
        await SeriesHistory.HoldsEverythingOnceAsync(
            database, Intervals * Locations * Series.Zones.Length, TimeSpan.FromSeconds(30),
            () => string.Join("\n---\n", deployment.Silos.Select(silo => silo.Output)), cancellation);
    }

    /// <summary>Waits until the gateway shows the interval as the newest of every location.</summary>
    private static Task ShownAsync(Deployment deployment, int number, TimeSpan patience, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(
            async () =>
            {
                var live = await deployment.Gateway.Http.LiveAsync(cancellationToken);
                return live.Count == Locations * Series.Zones.Length
                    && live.All(price => price.Value.GetProperty("price").GetDouble() == Series.Price(int.Parse(price.Key.Location[5..]), number));
            },
            patience,
            () => $"interval {number} is not shown everywhere; gateway:\n{deployment.Gateway.Output}\nsilos:\n{string.Join("\n---\n", deployment.Silos.Select(silo => silo.Output))}",
            cancellationToken);
}
