using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OptiBid.History.Hosting;
using OptiBid.History.Tests.Contract;
using OptiBid.PostgresFixture;

namespace OptiBid.History.Tests.Postgres;

/// <summary>The database goes away under load, for real: a server of their own is killed and started again.</summary>
public sealed class PostgresOutageTests : IAsyncLifetime
{
    private PostgresServer? _server;

    private PostgresServer Server => _server!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        PostgresForAll.SkipWithoutServer();
        _server = await PostgresServer.StartNewAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }

    [Fact]
    public async Task Append_DatabaseKilledTwiceUnderLoad_EverythingAcknowledgedIsThereOnce() =>
        await UnderLoadAsync(await Server.CreateDatabaseAsync(), async load =>
        {
            for (var kill = 0; kill < 2; kill++)
            {
                await load.GoesOnAsync();
                await Server.KillAsync();
                await load.FindsTheStoreAwayAsync();
                await Server.StartAsync();
                await load.FindsTheStoreBackAsync();
            }
        });

    [Fact]
    public async Task Append_DatabaseMadeReadOnlyUnderLoad_EverythingAcknowledgedIsThereOnce()
    {
        var connection = await Server.CreateDatabaseAsync();
        await UnderLoadAsync(connection, async load =>
        {
            await load.GoesOnAsync();
            await Server.SetReadOnlyAsync(connection, true);
            await load.FindsTheStoreAwayAsync();
            await Server.SetReadOnlyAsync(connection, false);
            await load.FindsTheStoreBackAsync();
        });
    }

    [Fact]
    public async Task Append_ConnectionsCutUnderLoad_EverythingAcknowledgedIsThereOnce()
    {
        var connection = await Server.CreateDatabaseAsync();
        await UnderLoadAsync(connection, async load =>
        {
            for (var cut = 0; cut < 8; cut++)
            {
                await load.GoesOnAsync(500);
                await Server.CutAsync(connection);
            }

            await load.FindsTheStoreBackAsync();
        });
    }

    [Fact]
    public async Task Append_DiskFullUnderLoad_EverythingAcknowledgedIsThereOnce()
    {
        await using var disk = await SmallDisk.TryMountAsync(28);
        Assert.SkipWhen(disk is null, "This process may not mount a small disk.");
        await UnderLoadAsync(await Server.CreateDatabaseAsync(disk), async load =>
        {
            await load.FindsTheStoreAwayAsync();
            await disk!.ResizeAsync(400);
            await load.FindsTheStoreBackAsync();
            await load.GoesOnAsync();
        });
        await Server.StopAsync();
    }

    [Fact]
    public async Task Start_DatabaseNotThereYet_WaitsForIt()
    {
        var connection = await Server.CreateDatabaseAsync();
        await Server.StopAsync();
        await using var store = new HistoryUnderTest(("ConnectionStrings:History", connection));
        var start = store.Services.GetServices<IHostedService>().OfType<HistoryStart>().Single().StartAsync(Cancel);

        _ = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.Prices.CheckAsync(Cancel));
        _ = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.WriteAsync(Ticks.At()));
        Assert.False(start.IsCompleted);
        await Server.StartAsync();

        await start;
        await store.WriteAsync(Ticks.At());
        Assert.Single(await store.AllAsync());
    }

    private static async Task UnderLoadAsync(string connection, Func<AppendLoad, Task> trouble)
    {
        await using var store = new HistoryUnderTest(
            ("ConnectionStrings:History", connection), ("History:Writer:BatchTicks", "500"), ("History:Writer:BufferTicks", $"{AppendLoad.BufferTicks}"));
        await using var load = await AppendLoad.StartAsync(store);
        await trouble(load);
        var acknowledged = await load.StopAsync();

        var stored = await store.AllAsync();
        Assert.Equal(stored.Count, stored.DistinctBy(tick => (tick.Timestamp, tick.Location)).Count());
        var byKey = stored.ToDictionary(tick => (tick.Timestamp, tick.Location));
        Assert.All(acknowledged, tick => Assert.Equal(tick.Price, byKey[(tick.Timestamp, tick.Location)].Price));
        Assert.InRange(load.MostHeld, 1, AppendLoad.BufferTicks);
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} ticks acknowledged, {stored.Count} stored");
    }
}
