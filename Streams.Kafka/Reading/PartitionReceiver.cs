using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Topology;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// What a pulling agent draws a partition's batches from: it waits for records, decodes them, sees poison off to
/// the dead-letter topic and hands the rest out as one batch. All in the agent's turns, so partitions decode side by
/// side and one codec is never used by two threads.
/// </summary>
internal sealed class PartitionReceiver<T>(
    KafkaPartition partition,
    PartitionCache cache,
    KafkaReader reader,
    KafkaCommitter committer,
    DeadLetterWriter deadLetters,
    Func<IKafkaCodec<T>> newCodec,
    KafkaStreamOptions options,
    KafkaMeters meters,
    TimeProvider time) : IQueueAdapterReceiver
{
    /// <summary>How long the agent waits here for records before it looks after its other duties.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a hand-over waits for consumers to complete what they hold.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Nudges after which the partition is reported: ten seconds' worth.</summary>
    private const int NudgesToReport = 40;

    private int _nudges;
    private BlockDecoder<T>? _decoder;
    private PartitionReading? _reading;

    public Task Initialize(TimeSpan timeout)
    {
        _decoder = new BlockDecoder<T>(partition, newCodec());
        _reading = reader.Open(partition);
        cache.Attach(_reading);
        return Task.CompletedTask;
    }

    [Obsolete("Use the overload which accepts a CancellationToken.")]
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (_reading is not { } reading) return [];
        while (!cancellationToken.IsCancellationRequested)
        {
            if (cache.HasRoom && !reading.Buffer.IsEmpty)
            {
                if (await ReadAsync(reading, cancellationToken) is { } batch) return [batch];
            }
            else if (!await reading.Wake.WaitAsync(LongestWait, cancellationToken))
            {
                break;
            }
        }

        // Only after a wait without any event: the agent asks again at once when it is given something.
        return cache.Stalled is { } stalled ? Nudge(stalled) : [];
    }

    private IList<IBatchContainer> Nudge(IBatchContainer stalled)
    {
        if (++_nudges % NudgesToReport == 0) reader.ReportStalled(partition);
        return [stalled];
    }

    [Obsolete("Use the overload which accepts a CancellationToken.")]
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    public async Task Shutdown(TimeSpan timeout)
    {
        if (_reading is not { } reading) return;
        _reading = null;
        await committer.HandOverAsync(reading, Grace < timeout ? Grace : timeout, timeout);
    }

    private async Task<IBatchContainer?> ReadAsync(PartitionReading reading, CancellationToken cancellationToken)
    {
        if (!reading.Buffer.HasWholeBlock && options.BatchLinger > TimeSpan.Zero)
            await Task.Delay(options.BatchLinger, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!reading.Buffer.TryTake(out var block, out var epoch)) return null;

        try
        {
            return await DecodeAsync(reading, block, epoch, cancellationToken);
        }
        catch
        {
            // The block is gone from the buffer; only reading it again brings its records back.
            reader.Rewind(new KafkaBatchPosition(partition.Topic, partition.Number, epoch, 0, 0, default!), "a batch could not be prepared");
            throw;
        }
        finally
        {
            reading.Buffer.Return(block);
        }
    }

    private async Task<IBatchContainer?> DecodeAsync(PartitionReading reading, RecordBlock block, long epoch, CancellationToken cancellationToken)
    {
        var (records, poison) = _decoder!.Decode(block);
        if (poison is not null) await deadLetters.WriteAsync(poison, cancellationToken);
        if (!reading.Progress.TryTake(epoch, block[0].Offset, block[block.Count - 1].Offset, out var position)) return null;

        meters.Batch(partition, records.Length);
        if (records.Length > 0) return new KafkaBatchContainer<T>(partition.Stream, new KafkaBatch<T>(position, records));
        reading.Progress.Complete(position);
        return null;
    }
}
