using Microsoft.Extensions.DependencyInjection;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Duck;

public sealed class DuckGrainStatesTests : IAsyncDisposable
{
    private readonly DuckFolder _folder = new();
    private readonly HistoryUnderTest _store;

    public DuckGrainStatesTests() => _store = _folder.Open();

    private IGrainStateTable States => _store.Services.GetRequiredService<IGrainStateTable>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Write_ThenRead_GivesTheStateBack()
    {
        Assert.Null(await States.ReadAsync("type", "id", Cancel));
        var first = await States.WriteAsync("type", "id", new byte[] { 0, 1, 255 }, null, Cancel);
        var second = await States.WriteAsync("type", "id", ReadOnlyMemory<byte>.Empty, first, Cancel);
        _ = await States.WriteAsync("type", "other", new byte[] { 9 }, null, Cancel);

        var row = await States.ReadAsync("type", "id", Cancel);
        Assert.Empty(row!.Payload);
        Assert.Equal(second, row.ETag);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Write_OverAnotherVersion_ChangesNothing()
    {
        var first = await States.WriteAsync("type", "id", new byte[] { 1 }, null, Cancel);
        Assert.Null(await States.WriteAsync("type", "id", new byte[] { 2 }, null, Cancel));
        _ = await States.WriteAsync("type", "id", new byte[] { 3 }, first, Cancel);
        Assert.Null(await States.WriteAsync("type", "id", new byte[] { 4 }, first, Cancel));
        Assert.False(await States.ClearAsync("type", "id", first, Cancel));
        Assert.Equal([3], (await States.ReadAsync("type", "id", Cancel))!.Payload);
    }

    [Fact]
    public async Task Clear_ThenWriteAnew_DoesNotReviveAnOldVersion()
    {
        var first = await States.WriteAsync("type", "id", new byte[] { 1 }, null, Cancel);
        Assert.True(await States.ClearAsync("type", "id", first, Cancel));
        Assert.True(await States.ClearAsync("type", "id", null, Cancel));
        Assert.Null(await States.WriteAsync("type", "id", new byte[] { 2 }, first, Cancel));
        _ = await States.WriteAsync("type", "id", new byte[] { 3 }, null, Cancel);
        Assert.Null(await States.WriteAsync("type", "id", new byte[] { 4 }, first, Cancel));
    }

    [Fact]
    public async Task Write_FirstWritesInARace_OneWins()
    {
        var tags = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => States.WriteAsync("type", "id", new[] { (byte)i }, null, Cancel)));
        Assert.Single(tags, tag => tag is not null);
    }
}
