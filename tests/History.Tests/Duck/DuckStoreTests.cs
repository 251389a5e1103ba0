using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.History.Duck;
using OptiBid.History.Hosting;

namespace OptiBid.History.Tests.Duck;

public sealed class DuckStoreTests : IDisposable
{
    private readonly DuckFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_AfterAClose_HoldsWhatWasWritten()
    {
        await using (var store = _folder.Open()) await store.WriteAsync(Ticks.At());
        await using var again = _folder.Open();
        Assert.Equal(Ticks.At().Stored(), Assert.Single(await again.AllAsync()));
    }

    [Fact]
    public async Task Open_TwiceInOneProcess_IsAnError()
    {
        await using var store = _folder.Open();
        _ = await store.Prices.CheckAsync(Cancel);
        await using var second = _folder.Open();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => second.Prices.CheckAsync(Cancel));
        Assert.Contains(_folder.File, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Use_AfterDispose_IsUnavailable()
    {
        var store = _folder.Open();
        await store.WriteAsync(Ticks.At());
        var prices = store.Prices;
        await store.DisposeAsync();
        _ = await Assert.ThrowsAsync<HistoryUnavailableException>(() => prices.WriteAsync(new[] { Ticks.At(1) }, Cancel));
        _ = await Assert.ThrowsAsync<HistoryUnavailableException>(() => prices.CheckAsync(Cancel));
    }

    [Theory]
    [InlineData("select 2147483647::integer + 1::integer")]
    [InlineData("select 'text'::integer")]
    [InlineData("insert into history_migrations values (null, now())")]
    public async Task Write_WhatTheFileCanNeverTake_IsRejectedAndNotTriedForEver(string sql)
    {
        await using var store = _folder.Open();
        _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => store.Services.GetRequiredService<DuckStore>().WriteAsync("write", writer => writer.Execute(sql), Cancel));
        await store.WriteAsync(Ticks.At());
    }

    [Fact]
    public async Task Read_WhileWriting_SeesWholeBatches()
    {
        await using var store = _folder.Open();
        await store.WriteAsync([.. Enumerable.Range(0, 100).Select(i => Ticks.At(0, location: "L" + i))]);
        var writing = Task.Run(async () =>
        {
            for (var interval = 1; interval < 40; interval++) await store.WriteAsync([.. Enumerable.Range(0, 100).Select(i => Ticks.At(interval, location: "L" + i))]);
        }, Cancel);
        while (!writing.IsCompleted)
        {
            var counts = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => store.AllAsync()));
            Assert.All(counts, ticks => Assert.Equal(0, ticks.Count % 100));
        }

        await writing;
        Assert.Equal(4_000, (await store.AllAsync()).Count);
    }

    [Fact]
    public async Task Write_ProcessKilled_LeavesEverythingAcknowledged()
    {
        using var child = DuckChild.Start(_folder.Path);
        var acknowledged = 0;
        while (acknowledged < 30 && await child.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            acknowledged = int.Parse(line, CultureInfo.InvariantCulture);

            // While it runs, its file is its own.
            if (acknowledged == 10) await AssertHeldByAnotherAsync();
        }

        child.Kill();
        while (await child.StandardOutput.ReadLineAsync(Cancel) is { } line) acknowledged = int.Parse(line, CultureInfo.InvariantCulture);
        await child.WaitForExitAsync(Cancel);

        await using var store = _folder.Open();
        var stored = await store.AllAsync();
        Assert.True(acknowledged >= 30, $"The child acknowledged {acknowledged} batches: {await child.StandardError.ReadToEndAsync(Cancel)}");
        Assert.InRange(stored.Count, acknowledged * DuckChild.BatchSize, (acknowledged + 1) * DuckChild.BatchSize);
        Assert.Equal(0, stored.Count % DuckChild.BatchSize);
        Assert.Equal(stored.Count, stored.DistinctBy(tick => (tick.Timestamp, tick.Location)).Count());
        await store.WriteAsync(Ticks.At(100_000));
    }

    private async Task AssertHeldByAnotherAsync()
    {
        await using var store = _folder.Open();
        var error = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.Services.GetRequiredService<IHistoryStore>().PrepareAsync(Cancel));
        Assert.Contains($"Another process holds the history file {_folder.File}", error.Message, StringComparison.Ordinal);
    }
}
