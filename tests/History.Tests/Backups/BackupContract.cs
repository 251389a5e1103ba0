using Microsoft.Extensions.DependencyInjection;
using OptiBid.History.Backups;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Backups;

/// <summary>What <see cref="IHistoryBackup"/> promises, of any store: what is restored answers as what was backed up.</summary>
public abstract class BackupContract : StoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("optibid-backup-").FullName;

    protected string Target => Path.Combine(_folder, "it's a backup");

    /// <summary>Opens an empty store to restore to.</summary>
    protected abstract Task<HistoryUnderTest> OpenOtherAsync();

    protected static Task RestoreAsync(HistoryUnderTest store, string source) =>
        store.Services.GetRequiredService<IHistoryBackup>().RestoreAsync(source, Cancel);

    protected Task BackupAsync() => Store.Services.GetRequiredService<IHistoryBackup>().BackupAsync(Target, Cancel);

    [Fact]
    public async Task Restore_OfABackup_AnswersAsTheOriginalAndGoesOnFromIt()
    {
        PriceTick[] ticks = [.. from interval in Enumerable.Range(0, 50) from place in Enumerable.Range(0, 20) select Ticks.At(interval, price: interval - 25, location: $"é {place}")];
        await Store.WriteAsync(ticks);
        await Store.WriteAsync([.. ticks.Take(30).Select(tick => tick with { Price = 99, PublishedAt = tick.PublishedAt.AddDays(1) })]);
        await Store.Locations.SaveAsync([new MarketLocation(new(MarketZone.PJM, "é 1"), "First", LocationType.Hub)], Cancel);
        await Store.States.SaveAsync([new LocationState(new(MarketZone.PJM, "é 1"), Ticks.Noon, [], [1, 2, 3])], Cancel);
        var version = await Store.Values.WriteAsync("secret", new byte[] { 0, 255, 7 }, cancellationToken: Cancel);
        var original = await Store.AllAsync();

        await BackupAsync();
        await Store.WriteAsync(Ticks.At(1_000));
        await using var restored = await OpenOtherAsync();
        await RestoreAsync(restored, Target);

        Assert.Equal(original, await restored.AllAsync());
        Assert.Equal("First", Assert.Single(await restored.Locations.SearchAsync(new(), Cancel).ToListAsync(Cancel)).Name);
        var state = Assert.Single(await restored.States.RestoreAsync([new(MarketZone.PJM, "é 1")], Ticks.Noon, Cancel)).State;
        Assert.Equal([1, 2, 3], state!.Windows);
        Assert.Equal([0, 255, 7], await restored.Values.ReadAsync("secret", Cancel));

        // What was given out is not given out again, and a correction meets the row it corrects.
        Assert.True(await restored.Values.WriteAsync("secret", new byte[] { 1 }, cancellationToken: Cancel) > version);
        await restored.WriteAsync(ticks[0] with { Price = 100, PublishedAt = ticks[0].PublishedAt.AddDays(2) });
        Assert.Equal((100, 3), (await restored.AllAsync()).Where(tick => tick.LocationId == ticks[0].LocationId).Select(tick => (tick.Price, tick.Revision)).First());
        Assert.Equal(original.Count, (await restored.AllAsync()).Count);
    }

    [Fact]
    public async Task Backup_OverAnother_IsRefusedAndLeavesIt()
    {
        await Store.WriteAsync(Ticks.At());
        await BackupAsync();
        var before = Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order().ToList();

        var error = await Assert.ThrowsAsync<BackupException>(BackupAsync);

        Assert.Contains("exists already", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories).Order());
    }

    [Fact]
    public async Task Restore_OverAHistory_IsRefusedAndLeavesIt()
    {
        await Store.WriteAsync(Ticks.At());
        await BackupAsync();
        await Store.WriteAsync(Ticks.At(1));

        var error = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(Store, Target));

        Assert.Contains("There is a history already", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Store.AllAsync()).Count);
    }

    [Fact]
    public async Task Restore_OfSomethingElse_SaysSo()
    {
        await File.WriteAllTextAsync(Target, "no backup", Cancel);
        await using var other = await OpenOtherAsync();
        _ = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(other, Target));
        _ = await Assert.ThrowsAsync<BackupException>(() => RestoreAsync(other, Path.Combine(_folder, "absent")));
        await other.WriteAsync(Ticks.At());
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
