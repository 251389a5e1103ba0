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

    private static readonly TimeSpan LongestDecodePause = TimeSpan.FromSeconds(5);

    /// <summary>Nudges after which the partition is reported: ten seconds' worth.</summary>
    private const int NudgesToReport = 40;

    private int _nudges;
    private BlockDecoder<T>? _decoder;
    private PartitionReading? _reading;
    private long? _brokenOff;
    private bool _isShutDown;

    public Task Initialize(TimeSpan timeout)
    {
        _decoder = new BlockDecoder<T>(partition, newCodec());
        _reading = reader.Open(partition);
        cache.Attach(_reading);
        committer.Look();
        return Task.CompletedTask;
    }

    [Obsolete("Use the overload which accepts a CancellationToken.")]
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => GetQueueMessagesAsync(maxCount, CancellationToken.None);

    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount, CancellationToken cancellationToken)
    {
        if (_reading is not { } reading) return await InitializeAgainAsync(cancellationToken);
        if (_brokenOff is { } broken) reader.Rewind(partition, broken, "a batch was broken off");
        _brokenOff = null;
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

    /// <summary>The agent goes on with a receiver that could not be initialized, and leaves it to the receiver to try again.</summary>
    private async Task<IList<IBatchContainer>> InitializeAgainAsync(CancellationToken cancellationToken)
    {
        if (_isShutDown) return [];
        await Task.Delay(LongestDecodePause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!cancellationToken.IsCancellationRequested) await Initialize(Timeout.InfiniteTimeSpan);
        return [];
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
        _isShutDown = true;
        if (_reading is not { } reading) return;
        _reading = null;
        await committer.HandOverAsync(reading, options.HandOverTime < timeout ? options.HandOverTime : timeout, timeout);
    }

    private async Task<IBatchContainer?> ReadAsync(PartitionReading reading, CancellationToken cancellationToken)
    {
        if (!reading.Buffer.HasWholeBlock && options.BatchLinger > TimeSpan.Zero)
            await Task.Delay(options.BatchLinger, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (!reading.Buffer.TryTake(out var block, out var epoch)) return null;

        try
        {
            return await PrepareAsync(reading, block, epoch, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The partition is being handed over, and its next reader begins at the commit point. Should it be asked
            // for more all the same, it must be rewound first: the block is gone from the buffer.
            _brokenOff = epoch;
            return null;
        }
        catch (Exception error)
        {
            // The block is gone from the buffer; only reading it again brings its records back.
            reader.Rewind(partition, epoch, "a batch could not be prepared: " + error.Message);
            throw;
        }
        finally
        {
            reading.Buffer.Return(block);
        }
    }

    private async Task<IBatchContainer?> PrepareAsync(PartitionReading reading, RecordBlock block, long epoch, CancellationToken cancellationToken)
    {
        var processing = new Processing(meters, partition, KafkaActivities.Process(partition, block));
        var (records, poison) = await DecodeAsync(block, cancellationToken);
        if (poison is not null) await BuryAsync(reading, poison, cancellationToken);
        if (!reading.Progress.TryTake(epoch, block[0].Offset, block[block.Count - 1].Offset, out var position))
        {
            processing.GiveUp();
            return null;
        }

        meters.Batch(partition, records.Length);
        if (records.Length > 0)
            return new KafkaBatchContainer<T>(partition.Stream, new KafkaBatch<T>(position, records, processing.TraceParent), options.CompleteOnDelivery) { Processing = processing };
        if (reading.Progress.Complete(position)) processing.Complete();
        return null;
    }

    /// <summary>Decodes, trying again for a while when the codec fails on what it does not call poison.</summary>
    private async Task<(T[] Records, List<PoisonRecord>? Poison)> DecodeAsync(RecordBlock block, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            var isLast = time.GetElapsedTime(started) >= options.MaxDecodeTime;
            try
            {
                return _decoder!.Decode(block, isLast);
            }
            catch (DecodingFailedException error) when (!isLast)
            {
                reader.ReportDecoding(partition, error.Message);
                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < LongestDecodePause ? pause * 2 : LongestDecodePause;
            }
        }
    }

    private async Task BuryAsync(PartitionReading reading, List<PoisonRecord> poison, CancellationToken cancellationToken)
    {
        poison.RemoveAll(record => reading.WrittenLetters.Contains(record.Offset));
        if (poison.Count == 0) return;
        await deadLetters.WriteAsync(poison, cancellationToken);
        foreach (var record in poison) reading.WrittenLetters.Add(record.Offset, reading.Progress.Committed ?? 0);
    }
}
