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
internal sealed partial class DeadLetterWriter(string topic, KafkaProducer producer, KafkaMeters meters, TimeProvider time, ILogger logger)
{
    /// <summary>What is kept of a value that the topic refuses as too large: below Kafka's default limit of 1 MiB.</summary>
    private const int CutValue = 512 * 1024;

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

        foreach (var partition in records.GroupBy(record => record.Partition))
        {
            meters.DeadLetters(partition.Key, partition.Count());
            LogDeadLetters(partition.Count(), partition.Key, topic, partition.First().Offset, partition.First().Reason);
        }
    }

    /// <returns>Those not acknowledged.</returns>
    private async Task<IReadOnlyList<PoisonRecord>> TryWriteAsync(IReadOnlyList<PoisonRecord> records, CancellationToken cancellationToken)
    {
        var results = await Task.WhenAll(records.Select(record => TryWriteAsync(record, int.MaxValue, cancellationToken)));
        var failed = records.Where((_, index) => results[index] is not null).ToList();
        if (failed.Count > 0) LogNotWritten(failed.Count, topic, results.First(error => error is not null)!);
        return failed;
    }

    /// <returns>What went wrong, or null.</returns>
    private async Task<string?> TryWriteAsync(PoisonRecord record, int maxValue, CancellationToken cancellationToken)
    {
        try
        {
            await producer.Current.ProduceAsync(topic, record.ToMessage(maxValue), cancellationToken);
            return null;
        }
        catch (KafkaException error) when (error.Error.Code is ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize && maxValue > CutValue)
        {
            return await TryWriteAsync(record, CutValue, cancellationToken);
        }
        catch (KafkaException error)
        {
            producer.Examine(error.Error);
            return error.Error.ToString();
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Count} records of {Partition} could not be read and are on {Topic}; the first, offset {Offset}: {Reason}")]
    private partial void LogDeadLetters(int count, KafkaPartition partition, string topic, long offset, string reason);

    [LoggerMessage(LogLevel.Error, "{Count} dead letters could not be put on {Topic} and are put there again; their partition waits: {Error}")]
    private partial void LogNotWritten(int count, string topic, string error);
}
