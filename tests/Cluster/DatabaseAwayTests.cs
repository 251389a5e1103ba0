using System.Net;
using Npgsql;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>Guarantees 1, 2 and 5 while the database is gone: live prices go on, and nothing is missing afterwards.</summary>
public sealed class DatabaseAwayTests
{
    private const int Locations = 40;
    private const int BufferTicks = 200;

    /// <summary>So little room that what comes while the database is away cannot be held, and must be read again.</summary>
    private static readonly Dictionary<string, string> Tight = new()
    {
        ["History__Writer__BufferTicks"] = $"{BufferTicks}",
        ["History__Writer__BatchTicks"] = "100",
        ["History__Writer__HoldTime"] = "00:00:01",
        ["History__Writer__RetryTo"] = "00:00:00.5",
    };

    [Fact]
    public async Task Prices_DatabaseKilledForAWhile_StayLiveAndAllReachTheHistory()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 1, cancellation, Tight);
        var silo = deployment.Silos[0];
        var first = Series.Now().AddMinutes(-5 * 30);
        await deployment.Producer.SendAsync(Series.Interval(first, 0, Locations), cancellation);
        await ShownAsync(deployment, 0, cancellation);

        var memory = silo.WorkingSet;
        await postgres.KillAsync();
        for (var i = 1; i <= 15; i++) await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, 15, cancellation);

        await Eventually.TrueAsync(
            async () => await silo.SumAsync("ticks_given_up", cancellation) > 0,
            TimeSpan.FromSeconds(60), () => $"nothing was given up:\n{silo.Output}", cancellation);
        Assert.InRange(await silo.SumAsync("ticks_pending", cancellation), 0, BufferTicks);

        // An orchestrator must leave both in service: they have live prices to show.
        Assert.Equal(HttpStatusCode.OK, (await deployment.Gateway.Http.GetAsync("/health/ready", cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await silo.Http.GetAsync("/health/ready", cancellation)).StatusCode);

        await postgres.StartAsync();
        for (var i = 16; i < 30; i++) await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * i), i, Locations), cancellation);
        await ShownAsync(deployment, 29, cancellation);

        await using var database = NpgsqlDataSource.Create(deployment.ConnectionString);
        await SeriesHistory.HoldsEverythingOnceAsync(
            database, 30 * Locations * Series.Zones.Length, TimeSpan.FromSeconds(120), () => silo.Output, cancellation);
        Assert.True(await silo.SumAsync("kafka_rewinds", cancellation) > 0, "No partition was read again.");
        Assert.InRange(silo.WorkingSet - memory, long.MinValue, 300_000_000);
    }

    [Fact]
    public async Task Prices_DatabaseReadOnlyCutAndFull_StayLiveAndTheLagIsShownAndAllReachTheHistory()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var disk = await SmallDisk.TryMountAsync(60);
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(disk), silos: 1, cancellation, Tight);
        var (silo, connection) = (deployment.Silos[0], deployment.ConnectionString);
        var first = Series.Now().AddMinutes(-5 * 40);
        var number = -1;
        await NextAsync(3);

        await postgres.SetReadOnlyAsync(connection, true);
        await NextAsync(5);
        await LagIsShownAsync();
        await postgres.SetReadOnlyAsync(connection, false);
        await NextAsync(3);
        await LagIsGoneAsync();

        for (var cut = 0; cut < 5; cut++)
        {
            await postgres.CutAsync(connection);
            await NextAsync(1);
        }

        if (disk is not null)
        {
            var filler = Path.Combine(disk.Folder, "filler");
            await FillAsync(filler, cancellation);
            await NextAsync(8);
            await LagIsShownAsync();
            File.Delete(filler);
            await NextAsync(3);
        }

        await LagIsGoneAsync();
        await using var database = NpgsqlDataSource.Create(connection);
        await SeriesHistory.HoldsEverythingOnceAsync(
            database, (number + 1) * Locations * Series.Zones.Length, TimeSpan.FromSeconds(120), () => silo.Output, cancellation);

        async Task NextAsync(int intervals)
        {
            for (var i = 0; i < intervals; i++)
            {
                number++;
                await deployment.Producer.SendAsync(Series.Interval(first.AddMinutes(5 * number), number, Locations), cancellation);
            }

            await ShownAsync(deployment, number, cancellation);
        }

        Task LagIsShownAsync() => Eventually.TrueAsync(
            async () => (await silo.Http.GetStringAsync("/health", cancellation)).Contains("it has not taken writes for", StringComparison.Ordinal),
            TimeSpan.FromSeconds(60), () => $"the lag is not shown:\n{silo.Output}", cancellation);

        Task LagIsGoneAsync() => Eventually.TrueAsync(
            async () => !(await silo.Http.GetStringAsync("/health", cancellation)).Contains("it has not taken writes for", StringComparison.Ordinal)
                && await silo.SumAsync("ticks_pending", cancellation) == 0,
            TimeSpan.FromSeconds(60), () => $"the lag is still there:\n{silo.Output}", cancellation);
    }

    [Fact]
    public async Task Gateway_StartedWhileTheDatabaseIsAway_IsAliveAndServesOnceItIsBack()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        await using var postgres = await PostgresServer.StartNewAsync();
        var connectionString = await postgres.CreateDatabaseAsync();
        await postgres.KillAsync();
        await using var deployment = Deployment.StartGateway(connectionString);
        var gateway = deployment.Gateway;

        await Eventually.TrueAsync(
            async () =>
            {
                Assert.False(gateway.HasExited, gateway.Output);
                try
                {
                    return (await gateway.Http.GetAsync("/health/live", cancellation)).StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            TimeSpan.FromSeconds(60), () => $"the gateway is not alive:\n{gateway.Output}", cancellation);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await gateway.Http.GetAsync("/health/ready", cancellation)).StatusCode);

        await postgres.StartAsync();
        await deployment.AddSiloAsync(cancellation);
        await gateway.WaitUntilReadyAsync(cancellation);
        await deployment.Producer.SendAsync(Series.Interval(Series.Now(), 0, Locations), cancellation);
        await ShownAsync(deployment, 0, cancellation);
    }

    // All there is, to the last byte: a file system may still have room when it has refused a large piece.
    private static async Task FillAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var piece = 1 << 20; piece > 0; piece /= 16)
        {
            var zeros = new byte[piece];
            try
            {
                while (true) await file.WriteAsync(zeros, cancellationToken);
            }
            catch (IOException)
            {
                // It is full; for a smaller piece there may be room.
            }
        }
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
