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
// Take over. A silo that is given a partition asks what the group has committed, and begins there; where nothing is
// committed it begins where the log does. It asks until it is answered, and reads nothing before. The client that
// reads never looks an offset up or commits one: while its group's coordinator is away a client postpones every
// assignment made meanwhile, and an offset it failed to look up it never asks for again. A client of the
// committer's own does both, and may wait for the coordinator without holding anybody up.
//
// Read. Records are handed out in batches; a batch covers every offset from the end of the batch before it to its own
// last record, so offsets without a record (compacted away, transaction markers, poison) belong to some batch and
// hold nothing up.
//
// Complete. The consumer says of each batch, in any order and from any thread, that it is durable. OffsetWatermark
// keeps the commit point: the first offset that is not complete. Poison records are complete once the dead-letter
// topic has acknowledged them, and a batch with poison in it is not even delivered before that. A batch that is
// never completed holds the commit point where it is; nothing passes it.
//
// Commit. A thread of its own looks at the commit points every CommitInterval and commits those that moved, so
// neither the polling thread nor a consumer ever waits for a commit. A commit that fails is counted and made again
// with the next, higher offset: it was not remembered as done. Now and then all commit points are committed once
// more, because Kafka forgets the offsets of a group without members some time after their last commit.
//
// Never backwards. Before committing, the thread looks at what is stored. If another silo has stored a higher offset,
// this silo is a stale owner whose hand-over is under way: the higher offset was complete when it was stored, so it
// stays. Between the look and the commit another silo may still get in; then the lower offset stands until the owner
// commits again, and the worst is that some records are delivered twice. A partition whose log was replaced by
// another is the exception: there the stored offset means nothing and the new one replaces it.
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
// until then: some records are delivered twice.
//
// Lost to retention. When the log no longer has the offset to be read, the client stops there instead of jumping on
// by itself. The committer asks where the log is. Records deleted before they were read are passed over, counted and
// reported as an error; a log that ends earlier is another log and is read from its beginning.

/// <summary>Owns the commit protocol of one provider on this silo.</summary>
internal sealed partial class KafkaCommitter : IKafkaCommitter, IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(10);

    private readonly KafkaReader _reader;
    private readonly KafkaStreamOptions _options;
    private readonly GroupOffsets _offsets;
    private readonly SiloAddress _silo;
    private readonly KafkaContact _contact;
    private readonly KafkaMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly AutoResetEvent _look = new(false);
    private volatile bool _stopped;

    public KafkaCommitter(string provider, KafkaReader reader, KafkaStreamOptions options, SiloAddress silo, KafkaContact contact, KafkaMeters meters, TimeProvider time, ILogger logger)
    {
        (_reader, _options, _silo, _contact, _meters, _time, _logger) = (reader, options, silo, contact, meters, time, logger);
        _offsets = new GroupOffsets(options, LogClientError);
        _renewedAt = _endsAt = time.GetTimestamp();
        _thread = new Thread(Run) { IsBackground = true, Name = $"Kafka committer {provider}" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public void Complete(in KafkaBatchPosition position)
    {
        var partition = new KafkaPartition(position.Topic, position.Partition);
        if (!IsHere(position)) return;
        if (_reader.Find(partition) is { } reading && reading.Progress.Complete(position)) _reader.ReportProgress(partition);
        else _meters.LateCompletion(partition);
    }

    /// <inheritdoc/>
    public void Rewind(in KafkaBatchPosition position, string reason)
    {
        if (IsHere(position)) _reader.Rewind(new KafkaPartition(position.Topic, position.Partition), position.Epoch, reason);
    }

    /// <summary>Finds out, at once, from where newly opened partitions are to be read.</summary>
    public void Look() => _look.Set();

    /// <summary>
    /// Hands a partition over: waits until its consumer has completed what it was given, but no longer than
    /// <paramref name="grace"/>, then commits, waiting no longer than <paramref name="limit"/> in all.
    /// </summary>
    public async Task HandOverAsync(PartitionReading reading, TimeSpan grace, TimeSpan limit)
    {
        var started = _time.GetTimestamp();
        while (!reading.Progress.IsDrained && _time.GetElapsedTime(started) < grace) await Task.Delay(Moment, _time);
        reading.Progress.Close();
        while (reading.Progress.Uncommitted is not null && _time.GetElapsedTime(started) < limit && !_stopped)
        {
            _look.Set();
            await Task.Delay(Moment, _time);
        }

        _reader.Close(reading);
    }

    public void Dispose()
    {
        if (_stopped) return;
        _stopped = true;
        _look.Set();

        // A call to a cluster that does not answer may take longer; what is complete then is read again.
        if (!_thread.Join(PatienceAtTheEnd)) LogAbandoned(PatienceAtTheEnd);
    }

    private bool IsHere(in KafkaBatchPosition position)
    {
        if (position.Reader.Equals(_silo)) return true;
        LogElsewhere(position.Topic, position.Partition, position.Reader, _silo);
        return false;
    }
}
