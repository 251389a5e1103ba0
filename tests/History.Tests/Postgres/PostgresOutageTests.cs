using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OptiBid.History.Hosting;
using OptiBid.History.Tests.Contract;
using OptiBid.History.Writing;
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
    public async Task Append_DatabaseKilledTwiceUnderLoad_EverythingAcknowledgedIsThereOnce()
    {
        await using var store = new HistoryUnderTest(
            ("ConnectionStrings:History", await Server.CreateDatabaseAsync()), ("History:Writer:BatchTicks", "500"), ("History:Writer:BufferTicks", "20000"));
        var writer = store.Services.GetRequiredService<HistoryWriter>();
        await writer.StartAsync(Cancel);
        var acknowledged = new ConcurrentBag<PriceTick>();
        using var enough = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 3).Select(partition => Task.Run(() => PublishAsync(writer, partition, acknowledged, enough.Token), Cancel)));

        for (var kill = 0; kill < 2; kill++)
        {
            var before = acknowledged.Count;
            await Eventually.TrueAsync(() => acknowledged.Count > before + 5_000, "prices are being written");
            await Server.KillAsync();
            await Eventually.TrueAsync(() => writer.StoreAway is not null, "the writer finds the database away");
            await Server.StartAsync();
            await Eventually.TrueAsync(() => writer.StoreAway is null, "the writer goes on", 60);
        }

        await enough.CancelAsync();
        await load;
        await writer.StopAsync(Cancel);

        var stored = await store.AllAsync();
        Assert.Equal(stored.Count, stored.DistinctBy(tick => (tick.Timestamp, tick.Location)).Count());
        var byKey = stored.ToDictionary(tick => (tick.Timestamp, tick.Location));
        Assert.All(acknowledged, tick => Assert.Equal(tick.Price, byKey[(tick.Timestamp, tick.Location)].Price));
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} ticks acknowledged, {stored.Count} stored");
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

    [Fact]
    public async Task Write_DatabaseReadOnly_IsUnavailableAndComesBack()
    {
        var connection = await Server.CreateDatabaseAsync();
        await using var store = new HistoryUnderTest(("ConnectionStrings:History", connection));
        await store.WriteAsync(Ticks.At());
        await using var admin = Npgsql.NpgsqlDataSource.Create(connection);
        var database = new Npgsql.NpgsqlConnectionStringBuilder(connection).Database;
        await ReadOnlyAsync("on");

        var error = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.WriteAsync(Ticks.At(1)));
        Assert.Contains("25006", error.Message, StringComparison.Ordinal);
        await ReadOnlyAsync("off");

        await store.WriteAsync(Ticks.At(1));
        Assert.Equal(2, (await store.AllAsync()).Count);

        async Task ReadOnlyAsync(string value)
        {
            await using (var set = admin.CreateCommand($"set default_transaction_read_only = off; alter database {database} set default_transaction_read_only = {value}")) _ = await set.ExecuteNonQueryAsync(Cancel);
            await using var cut = admin.CreateCommand("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'OptiBid history' and pid <> pg_backend_pid()");
            _ = await cut.ExecuteNonQueryAsync(Cancel);

            // The pool finds out about its cut connections by using them.
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    return await store.Prices.CheckAsync(Cancel) is not null;
                }
                catch (HistoryUnavailableException)
                {
                    return false;
                }
            }, "connections are made anew");
        }
    }

    private static async Task PublishAsync(HistoryWriter writer, int partition, ConcurrentBag<PriceTick> acknowledged, CancellationToken enough)
    {
        for (var interval = 0; !enough.IsCancellationRequested; interval++)
        {
            PriceTick[] ticks = [.. Enumerable.Range(0, 100).Select(i => Ticks.At(interval, price: i, location: $"{partition}-{i}"))];
            while (!writer.TryAppend(ticks, outcome =>
            {
                if (!outcome.IsDurable) return;
                foreach (var tick in ticks) acknowledged.Add(tick);
            }))
            {
                await writer.WaitForRoomAsync(Cancel);
            }

            await Task.Yield();
        }
    }
}
