using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Commits;

// How an offset comes to be committed
// ===================================
//
// The promise: when offset n of a partition is committed, everything its consumer makes of the records below n is
// durable. Kafka then is the redo log: whatever dies, what was not durable is read again. Records may be delivered
// more than once; none is lost.
//
// Read. A silo that takes a partition over starts at the offset committed for the group, or at the earliest one.
// Its records are handed out in batches; a batch covers every offset from the end of the batch before it to its own
// last record, so offsets without a record (compacted away, transaction markers, poison) belong to some batch and
// hold nothing up.
//
// Complete. The consumer says of each batch, in any order and from any thread, that it is durable. OffsetWatermark
// keeps the commit point: the first offset that is not complete. Poison records are complete once the dead-letter
// topic has acknowledged them, and a batch with poison in it is not even delivered before that. A batch that is
// never completed holds the commit point where it is; nothing passes it.
//
// Commit. A thread of its own looks at the commit points every CommitInterval and commits those that moved, so
// neither the polling thread nor a consumer ever waits for a commit. Within an epoch the committed offset only
// grows. A commit that fails is counted and made again with the next, higher offset: it was not remembered as done.
//
// Rewind. The consumer may give up what it holds (its store is away and its memory is bounded), or Orleans may give
// up delivering to a consumer that keeps failing, or the commit point may stand still for CompletionTimeout
// (a consumer was lost between accepting a batch and completing it). In each case the partition starts another
// epoch: what is buffered is dropped, and reading begins at the commit point, after a pause that grows while
// rewinds bring no progress. Other partitions are not touched.
//
// Epochs. Every take-over and every rewind draws a number this silo never uses twice. Bytes, batches and
// completions carry the epoch they belong to, and one that is over moves nothing. So a completion that arrives
// late, after its partition was rewound or handed over, cannot vouch for records that have been handed out again
// and may have been changed by then.
//
// Hand over. When membership gives a partition to another silo, this one stops reading, waits a moment for what its
// consumer holds, commits, and forgets the partition. The other may have begun already, at the offset committed
// until then: some records are delivered twice. Should two silos own a partition for a while because they see
// membership differently, both commit only what is durable; the worst is that the lower offset is committed last,
// and again some records are delivered twice.

/// <summary>Owns the commit protocol of one provider on this silo.</summary>
internal sealed partial class KafkaCommitter : IKafkaCommitter, IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);

    private readonly KafkaReader _reader;
    private readonly KafkaStreamOptions _options;
    private readonly SiloAddress _silo;
    private readonly KafkaMeters _meters;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly AutoResetEvent _look = new(false);
    private volatile bool _stopped;
    private bool _failing;

    public KafkaCommitter(string provider, KafkaReader reader, KafkaStreamOptions options, SiloAddress silo, KafkaMeters meters, ILogger logger)
    {
        (_reader, _options, _silo, _meters, _logger) = (reader, options, silo, meters, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = $"Kafka committer {provider}" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Complete(in KafkaBatchPosition position)
    {
        var partition = new KafkaPartition(position.Topic, position.Partition);
        if (!IsHere(position)) return;
        if (_reader.Find(partition) is { } reading && reading.Progress.Complete(position)) return;
        _meters.LateCompletion(partition);
    }

    /// <inheritdoc/>
    public void Rewind(in KafkaBatchPosition position, string reason)
    {
        if (IsHere(position)) _reader.Rewind(position, reason);
    }

    /// <summary>
    /// Hands a partition over: waits until its consumer has completed what it was given, but no longer than
    /// <paramref name="grace"/>, then commits, waiting no longer than <paramref name="limit"/> in all.
    /// </summary>
    public async Task HandOverAsync(PartitionReading reading, TimeSpan grace, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (!reading.Progress.IsDrained && waited.Elapsed < grace) await Task.Delay(Moment);
        reading.Progress.Close();
        while (reading.Progress.Uncommitted is not null && waited.Elapsed < limit && !_stopped)
        {
            _look.Set();
            await Task.Delay(Moment);
        }

        _reader.Close(reading);
    }

    public void Dispose()
    {
        if (_stopped) return;
        _stopped = true;
        _look.Set();
        _thread.Join();
    }

    private bool IsHere(in KafkaBatchPosition position)
    {
        if (position.Reader.Equals(_silo)) return true;
        LogElsewhere(position.Topic, position.Partition, position.Reader, _silo);
        return false;
    }

    private void Run()
    {
        while (!_stopped)
        {
            _look.WaitOne(_options.CommitInterval);
            CommitThoseThatMoved();
            RewindThoseThatStandStill();
        }
    }

    private void CommitThoseThatMoved()
    {
        var moved = _reader.Readings
            .Select(reading => (Reading: reading, Offset: reading.Progress.Uncommitted))
            .Where(entry => entry.Offset is not null)
            .Select(entry => (entry.Reading, Offset: entry.Offset!.Value))
            .ToList();
        if (moved.Count == 0) return;

        var started = Stopwatch.GetTimestamp();
        var refused = Refused([.. moved.Select(entry => new TopicPartitionOffset(entry.Reading.Partition.Topic, entry.Reading.Partition.Number, entry.Offset))]);
        var done = moved.Where(entry => !refused.Contains(entry.Reading.Partition)).ToList();
        foreach (var (reading, offset) in done) reading.Progress.MarkCommitted(offset);
        if (done.Count > 0) _meters.Commit(done.Count, Stopwatch.GetElapsedTime(started));
        if (refused.Count > 0) _meters.CommitFailure(refused.Count);
    }

    /// <summary>Commits, and says which partitions were refused.</summary>
    private HashSet<KafkaPartition> Refused(List<TopicPartitionOffset> offsets)
    {
        try
        {
            _reader.Commit(offsets);
            if (_failing) LogCommitsAgain();
            _failing = false;
            return [];
        }
        catch (TopicPartitionOffsetException error)
        {
            var refused = error.Results.Where(result => result.Error.IsError).ToList();
            Report(string.Join(", ", refused.Select(result => $"{result.Topic}[{result.Partition.Value}]: {result.Error.Reason}")));
            return [.. refused.Select(result => new KafkaPartition(result.Topic, result.Partition.Value))];
        }
        catch (KafkaException error)
        {
            Report(error.Error.ToString());
            return [.. offsets.Select(offset => new KafkaPartition(offset.Topic, offset.Partition.Value))];
        }
    }

    private void RewindThoseThatStandStill()
    {
        foreach (var reading in _reader.Readings)
        {
            var progress = reading.Progress;
            if (!progress.HasStoodStillFor(_options.CompletionTimeout)) continue;
            var position = new KafkaBatchPosition(reading.Partition.Topic, reading.Partition.Number, progress.Epoch, 0, 0, _silo);
            _reader.Rewind(position, $"nothing was completed for {_options.CompletionTimeout}");
        }
    }

    /// <summary>The first failure of a row is a warning; the others would say the same five times a second.</summary>
    private void Report(string error)
    {
        if (!_failing) LogCommitFailed(error);
        _failing = true;
    }

    [LoggerMessage(LogLevel.Warning, "Offsets could not be committed and are committed again until it succeeds: {Error}")]
    private partial void LogCommitFailed(string error);

    [LoggerMessage(LogLevel.Information, "Offsets are committed again")]
    private partial void LogCommitsAgain();

    [LoggerMessage(LogLevel.Error, "A batch of {Topic}[{Partition}] read by silo {Reader} was completed or rewound on silo {Here}; only its reader can do that, so its offsets stay uncommitted")]
    private partial void LogElsewhere(string topic, int partition, SiloAddress reader, SiloAddress here);
}
