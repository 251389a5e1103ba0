using System.Net;
using Npgsql;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Guarantees 1, 2 and 5 while the database is gone: live prices go on, and nothing is missing afterwards.</summary>
public sealed class DatabaseAwayTests
{
    private const int Locations = 40;

    [Fact]
    public async Task Prices_DatabaseKilledForAWhile_StayLiveAndAllReachTheHistory()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 1, cancellation);
        var first = Series.Now().AddMinutes(-5 * 30);
        await deployment.Producer.SendAsync(Series.Interval(first, 0, Locations), cancellation);
        await ShownAsync(deployment, 0, cancellation);

        await postgres.KillAsync();
        for (var i = 1; i <= 15; i++) await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, 15, cancellation);

        // An orchestrator must leave both in service: they have live prices to show.
        Assert.Equal(HttpStatusCode.OK, (await deployment.Gateway.Http.GetAsync("/health/ready", cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await deployment.Silos[0].Http.GetAsync("/health/ready", cancellation)).StatusCode);

        await postgres.StartAsync();
        for (var i = 16; i < 30; i++) await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, 29, cancellation);

        await using var database = NpgsqlDataSource.Create(deployment.ConnectionString);
        long rows = 0;
        await Eventually.TrueAsync(
            async () =>
            {
                await using var count = database.CreateCommand("select count(*) from market_data");
                return (rows = (long)(await count.ExecuteScalarAsync(cancellation))!) == 30 * Locations * Series.Zones.Length;
            },
            TimeSpan.FromSeconds(60), () => $"{rows} rows:\n{deployment.Silos[0].Output}", cancellation);
    }

    private static Task ShownAsync(Deployment deployment, int number, CancellationToken cancellationToken) => Eventually.TrueAsync(
        async () =>
        {
            var live = await deployment.Gateway.Http.LiveAsync(cancellationToken);
            return live.Count == Locations * Series.Zones.Length
                && live.All(price => price.Value.GetProperty("price").GetDouble() == Series.Price(int.Parse(price.Key.Location[5..]), number));
        },
        TimeSpan.FromSeconds(60),
        () => $"interval {number} is not shown everywhere:\n{deployment.Gateway.Output}\n{deployment.Silos[0].Output}",
        cancellationToken);
}
