using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Topology;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.DeadLetters;

/// <summary>
/// Puts poison records on the dead-letter topic. It does not give up: until every one is acknowledged their offsets
/// must not pass, and only their own partition waits for it.
/// </summary>
internal sealed partial class DeadLetterWriter(string topic, KafkaProducer producer, KafkaContact contact, KafkaMeters meters, TimeProvider time, ILogger logger)
{
    private const string Matter = "dead letters";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);

    /// <summary>Returns when all records are acknowledged.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before; some may be on the topic.</exception>
    public async Task WriteAsync(IReadOnlyList<PoisonRecord> records, CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        var outstanding = records;
        while (true)
        {
            outstanding = await TryWriteAsync(outstanding, cancellationToken);
            if (outstanding.Count == 0) break;
            await Task.Delay(delay, time, cancellationToken);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }

        if (contact.HasTroubles) contact.Settle(Matter);
        foreach (var partition in records.GroupBy(record => record.Partition))
        {
            meters.DeadLetters(partition.Key, partition.Count());
            LogDeadLetters(partition.Count(), partition.Key, topic, partition.First().Offset, partition.First().Reason);
        }
    }

    /// <returns>Those not acknowledged.</returns>
    private async Task<IReadOnlyList<PoisonRecord>> TryWriteAsync(IReadOnlyList<PoisonRecord> records, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(records.Select(record => TryWriteAsync(record, LetterCut.Whole, cancellationToken)));
        var failed = records.Where((_, index) => results[index] is not null).ToList();
        if (failed.Count == 0) return failed;

        var error = results.First(result => result is not null)!;
        LogNotWritten(failed.Count, topic, error);
        contact.Trouble(Matter, $"{failed[0].Partition} waits because dead letters cannot be put on {topic}: {error}");
        return failed;
    }

    /// <returns>What went wrong, or null.</returns>
    private async Task<string?> TryWriteAsync(PoisonRecord record, LetterCut cut, CancellationToken cancellationToken)
    {
        using var lease = producer.Rent();
        while (true)
        {
            try
            {
                await lease.Client.ProduceAsync(topic, record.ToMessage(cut), cancellationToken);
                return null;
            }
            catch (KafkaException error) when (IsTooLarge(error.Error.Code) && cut.Smaller(record) is { } smaller)
            {
                cut = smaller;
            }
            catch (KafkaException error)
            {
                lease.Examine(error.Error);
                return error.Error.ToString();
            }
        }
    }

    private static bool IsTooLarge(ErrorCode code) => code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize or ErrorCode.RecordListTooLarge;

    [LoggerMessage(LogLevel.Warning, "{Count} records of {Partition} could not be read and are on {Topic}; the first, offset {Offset}: {Reason}")]
    private partial void LogDeadLetters(int count, KafkaPartition partition, string topic, long offset, string reason);

    [LoggerMessage(LogLevel.Error, "{Count} dead letters could not be put on {Topic} and are put there again; their partition waits: {Error}")]
    private partial void LogNotWritten(int count, string topic, string error);
}
