using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.History;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Grains.Streams;

/// <summary>
/// Hands one partition's ticks to the history and tells Kafka what became of them: a batch is complete when all
/// of it is durable, what the store can never take is on the dead-letter topic, and what rules of alerts found in it has
/// arrived. When the history has no room, the rest of this reading is given up (live prices go on, memory stays as it is,
/// the commit point stays behind), and once there is room again the partition is read anew from the commit point.
/// </summary>
internal sealed partial class HistoryHandOff(
    IHistoryWriter writer, IKafkaCommitter committer, IKafkaDeadLetters<PriceTick> deadLetters, WrittenPrices written, GrainInstruments instruments, ILogger log,
    CancellationToken stopping)
{
    private readonly Lock _gate = new();
    private long _abandonedEpoch = long.MinValue;

    /// <summary>Takes over what was made of a batch.</summary>
    /// <param name="position">Where the batch stands.</param>
    /// <param name="ticks">Its ticks.</param>
    /// <param name="alerts">True once the alerts found in it have arrived; false when it must be read again for them.</param>
    public void Offer(KafkaBatchPosition position, PriceTick[] ticks, Task<bool> alerts)
    {
        if (ticks.Length == 0)
        {
            committer.Complete(position);
        }
        else if (IsAbandoned(position))
        {
            instruments.Abandoned(ticks.Length);
        }
        else if (!writer.TryAppend(ticks, outcome => Completed(position, outcome, ticks, alerts)))
        {
            Abandon(position, ticks.Length);
        }
    }

    private void Completed(KafkaBatchPosition position, AppendOutcome outcome, PriceTick[] ticks, Task<bool> alerts)
    {
        if (outcome.IsDurable) written.Add(ticks);
        if (!outcome.IsDurable) Abandon(position, ticks.Length);
        else if (outcome.Rejected.Count == 0 && alerts is { IsCompletedSuccessfully: true, Result: true }) committer.Complete(position);
        else _ = Task.Run(() => FinishAsync(position, outcome.Rejected, ticks.Length, alerts), stopping);
    }

    private async Task FinishAsync(KafkaBatchPosition position, IReadOnlyList<RejectedTick> rejected, int count, Task<bool> alerts)
    {
        try
        {
            foreach (var (tick, reason) in rejected) await deadLetters.WriteAsync(position, tick, "the history cannot take it: " + reason, stopping);
            if (await alerts.WaitAsync(stopping)) committer.Complete(position);
            else Abandon(position, count);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The batch is not complete, so the partition's next reader sees to it.
        }
    }

    private bool IsAbandoned(in KafkaBatchPosition position)
    {
        lock (_gate) return position.Epoch <= _abandonedEpoch;
    }

    private void Abandon(KafkaBatchPosition position, int count)
    {
        instruments.Abandoned(count);
        lock (_gate)
        {
            if (position.Epoch <= _abandonedEpoch) return;
            _abandonedEpoch = position.Epoch;
        }

        LogAbandoned(position.Topic, position.Partition, position.FirstOffset);
        _ = Task.Run(() => ReadAgainAsync(position), stopping);
    }

    private async Task ReadAgainAsync(KafkaBatchPosition position)
    {
        try
        {
            await writer.WaitForRoomAsync(stopping);
            committer.Rewind(position, "what kept its prices from being done with is over");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The partition's next reader starts from the commit point anyway.
        }
    }

    [LoggerMessage(LogLevel.Warning, "The history is full or away, or alert rules could not be: {Topic}[{Partition}] from offset {Offset} goes on live only and will be read again.")]
    private partial void LogAbandoned(string topic, int partition, long offset);
}
