using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>
/// The silo's one road into the history: gathers ticks from all partitions into large batches (group commit)
/// and says of each append when it is durable. Its memory is bounded.
/// </summary>
public interface IHistoryWriter
{
    /// <summary>Takes ticks to be written.</summary>
    /// <param name="ticks">The ticks; not to be changed afterwards.</param>
    /// <param name="completed">Called once, from any thread, with what became of them.</param>
    /// <returns>False, and <paramref name="completed"/> is never called, when the buffer is full.</returns>
    bool TryAppend(ReadOnlyMemory<PriceTick> ticks, Action<AppendOutcome> completed);

    /// <summary>Completes when the buffer has room again after <see cref="TryAppend"/> answered false.</summary>
    Task WaitForRoomAsync(CancellationToken cancellationToken);
}
