using OptiBid.History.Batches;
using OptiBid.History.Upkeep;

namespace OptiBid.History.Duck;

/// <summary>Looks after the embedded file.</summary>
internal sealed class DuckUpkeep(DuckStore store) : IHistoryUpkeep
{
    public Task ApplyOptionsAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task PrepareAheadAsync(DateTimeOffset now, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public async Task<string?> RemovePricesBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default)
    {
        var limit = ("instant", (object)Moment.Cut(instant));
        var removed = await store.WriteAsync(
            "remove old prices",
            writer => writer.Execute("delete from market_data where \"timestamp\" < $instant", limit)
                + writer.Execute("delete from market_data_revisions where \"timestamp\" < $instant", limit),
            cancellationToken);
        if (removed == 0) return null;

        await store.CheckpointAsync(cancellationToken);
        return $"{removed} rows";
    }
}
