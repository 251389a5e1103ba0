using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Commits;

/// <summary>The batches consumers hold, by the offset after their last. Not thread-safe.</summary>
internal sealed class PendingBatches
{
    private readonly Dictionary<long, Processing> _byNextOffset = [];

    /// <summary>Adds one; a batch that is delivered once more goes on as it is.</summary>
    public void Add(long nextOffset, Processing processing) => _byNextOffset.TryAdd(nextOffset, processing);

    public void Complete(long nextOffset)
    {
        if (_byNextOffset.Remove(nextOffset, out var processing)) processing.Complete();
    }

    /// <summary>Ends all of them without success.</summary>
    public void GiveUp()
    {
        foreach (var processing in _byNextOffset.Values) processing.GiveUp();
        _byNextOffset.Clear();
    }
}
