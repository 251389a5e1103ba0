namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IProtectedValues"/> promises, of any store.</summary>
public abstract class ProtectedValuesContract : StoreContract
{
    private IProtectedValues Values => Store.Values;

    private async Task<string[]> NamesAsync(string prefix) => [.. (await Values.ListAsync(prefix, Cancel)).Select(value => value.Name)];

    [Fact]
    public async Task Write_ThenRead_GivesTheBytesBack()
    {
        var large = new byte[1_000_000];
        new Random(7).NextBytes(large);
        Assert.Null(await Values.ReadAsync("pjm", Cancel));

        var before = DateTimeOffset.UtcNow.AddMinutes(-1);
        var first = await Values.WriteAsync("pjm", large, cancellationToken: Cancel);
        _ = await Values.WriteAsync("empty", ReadOnlyMemory<byte>.Empty, cancellationToken: Cancel);
        Assert.Equal(large, await Values.ReadAsync("pjm", Cancel));
        Assert.Empty((await Values.ReadAsync("empty", Cancel))!);

        var second = await Values.WriteAsync("pjm", new byte[] { 0, 255, 0 }, cancellationToken: Cancel);
        var stored = await Values.FindAsync("pjm", Cancel);
        Assert.Equal([0, 255, 0], stored!.Payload);
        Assert.Equal(("pjm", second), (stored.Name, stored.Version));
        Assert.InRange(stored.UpdatedAt, before, DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.True(first is > 0 && second > first);
    }

    [Fact]
    public async Task Write_OverAnotherVersion_ThrowsAndChangesNothing()
    {
        var first = await Values.WriteAsync("key", new byte[] { 1 }, 0, Cancel);
        var second = await Values.WriteAsync("key", new byte[] { 2 }, first, Cancel);

        foreach (var stale in new[] { 0, first, second + 1, -1 })
        {
            var error = await Assert.ThrowsAsync<ProtectedValueConflictException>(() => Values.WriteAsync("key", new byte[] { 9 }, stale, Cancel));
            Assert.Equal(("key", stale), (error.Name, error.ExpectedVersion));
            Assert.Contains("'key'", error.Message, StringComparison.Ordinal);
        }

        _ = await Assert.ThrowsAsync<ProtectedValueConflictException>(() => Values.WriteAsync("absent", new byte[] { 9 }, second, Cancel));
        var stored = Assert.Single(await Values.ListAsync("", Cancel));
        Assert.Equal((second, (byte)2), (stored.Version, Assert.Single(stored.Payload)));
    }

    [Fact]
    public async Task Delete_ThenWriteAnew_DoesNotReviveAnOldVersion()
    {
        var first = await Values.WriteAsync("key", new byte[] { 1 }, 0, Cancel);
        Assert.True(await Values.DeleteAsync("key", Cancel));
        Assert.False(await Values.DeleteAsync("key", Cancel));
        Assert.Null(await Values.ReadAsync("key", Cancel));

        _ = await Assert.ThrowsAsync<ProtectedValueConflictException>(() => Values.WriteAsync("key", new byte[] { 2 }, first, Cancel));
        Assert.True(await Values.WriteAsync("key", new byte[] { 3 }, 0, Cancel) > first);
        _ = await Assert.ThrowsAsync<ProtectedValueConflictException>(() => Values.WriteAsync("key", new byte[] { 4 }, first, Cancel));
        Assert.Equal([3], await Values.ReadAsync("key", Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_OverOneVersionInARace_OneWins(bool exists)
    {
        var expected = exists ? await Values.WriteAsync("key", new byte[] { 99 }, cancellationToken: Cancel) : 0;
        using var start = new Barrier(8);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(async () =>
        {
            start.SignalAndWait(Cancel);
            try
            {
                return (Version: await Values.WriteAsync("key", new[] { (byte)i }, expected, Cancel), Writer: (byte)i);
            }
            catch (ProtectedValueConflictException)
            {
                return (Version: 0L, Writer: (byte)i);
            }
        }, Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        var winner = Assert.Single(outcomes, outcome => outcome.Version > 0);
        var stored = await Values.FindAsync("key", Cancel);
        Assert.Equal((winner.Version, winner.Writer), (stored!.Version, Assert.Single(stored.Payload)));
    }

    [Fact]
    public async Task List_Prefix_IsTakenLiterallyAndOrdered()
    {
        string[] names = ["ring/b", "ring/a", "ring%", "Ring/c", "it's \"quoted\" 🙂 é", "market/PJM", "ring"];
        foreach (var name in names) _ = await Values.WriteAsync(name, new byte[] { 1 }, cancellationToken: Cancel);

        Assert.Equal(names.Order(StringComparer.Ordinal), await NamesAsync(""));
        Assert.Equal(["ring/a", "ring/b"], await NamesAsync("ring/"));
        Assert.Equal(["ring%"], await NamesAsync("ring%"));
        Assert.Equal(["it's \"quoted\" 🙂 é"], await NamesAsync("it's"));
        Assert.Empty(await NamesAsync("_ing"));
        Assert.Empty(await NamesAsync("' or true --"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("zero\0character")]
    public async Task Use_NameThatIsNone_IsRejected(string name)
    {
        _ = await Values.WriteAsync("zero", new byte[] { 1 }, cancellationToken: Cancel);
        _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Values.WriteAsync(name, new byte[] { 2 }, cancellationToken: Cancel));
        _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Values.ReadAsync(name, Cancel));
        _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Values.DeleteAsync(name, Cancel));
        if (name.Length > 0) _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Values.ListAsync(name, Cancel));
        Assert.Equal([1], await Values.ReadAsync("zero", Cancel));
    }

    [Fact]
    public async Task Use_NameOfTheLongestLength_IsTakenAndOneLongerIsNot()
    {
        var longest = new string('価', IProtectedValues.NameLength);
        _ = await Values.WriteAsync(longest, new byte[] { 1 }, cancellationToken: Cancel);
        Assert.Equal([longest], await NamesAsync("価"));
        _ = await Assert.ThrowsAsync<HistoryRejectedException>(() => Values.WriteAsync(longest + "x", new byte[] { 1 }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Use_Cancelled_ThrowsAndWritesNothing()
    {
        _ = await Values.WriteAsync("key", new byte[] { 1 }, cancellationToken: Cancel);
        CancellationToken cancelled = new(canceled: true);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Values.WriteAsync("key", new byte[] { 2 }, cancellationToken: cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Values.DeleteAsync("key", cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Values.ReadAsync("key", cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Values.ListAsync("", cancelled));

        Assert.Equal([1], await Values.ReadAsync("key", Cancel));
    }
}
