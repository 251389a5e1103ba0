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
    private const string Commits = "commits";

    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan PatienceAtTheEnd = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan EndsPeriod = TimeSpan.FromSeconds(5);

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
    private bool _failing;
    private bool _asking;
    private long _renewedAt;
    private long _endsAt;

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

    private void Run()
    {
        using (_offsets)
        {
            while (!_stopped)
            {
                _look.WaitOne(_options.CommitInterval);
                try
                {
                    BeginThoseTakenOver();
                    FindThoseOutOfTheirLog();
                    CommitThoseThatMoved();
                    RewindThoseThatStandStill();
                    ObserveEnds();
                }
                catch (Exception error)
                {
                    // Whatever it was, commits must go on; nothing that failed has been noted as done.
                    LogFailed(error);
                }
            }
        }
    }

    private void BeginThoseTakenOver()
    {
        var taken = _reader.Readings.Where(reading => reading.Progress.Start is null).ToList();
        if (taken.Count == 0) return;
        try
        {
            var stored = _offsets.Committed(taken.Select(reading => reading.Partition));
            foreach (var reading in taken)
            {
                reading.Progress.Begin(stored.GetValueOrDefault(reading.Partition) ?? _offsets.Ends(reading.Partition).Low);
                _reader.Look();
            }

            if (_asking) LogAnswered();
            _asking = false;
        }
        catch (KafkaException error)
        {
            // The first failure of a row is a warning; the others would say the same five times a second.
            if (!_asking) LogNotAnswered(error.Error.ToString());
            _asking = true;
        }
    }

    private void FindThoseOutOfTheirLog()
    {
        foreach (var reading in _reader.Readings.Where(reading => reading.Progress.OutOfLog is not null))
        {
            try
            {
                var (low, high) = _offsets.Ends(reading.Partition);
                var epoch = reading.Progress.Epoch;
                var lost = reading.Progress.FindInLog(low, high);
                if (lost > 0) _reader.ReportLost(reading.Partition, lost, low);
                if (reading.Progress.Epoch != epoch)
                {
                    reading.WrittenLetters.Clear();
                    reading.DropEarlierEpochs();
                    _reader.ReportAnotherLog(reading.Partition, low);
                }

                _reader.Look();
            }
            catch (KafkaException error)
            {
                // Asked again at the next look; until then the partition waits where it is.
                LogNotAnswered(error.Error.ToString());
            }
        }
    }

    private void CommitThoseThatMoved()
    {
        var renews = _time.GetElapsedTime(_renewedAt) >= _options.CommitRenewal;
        var due = _reader.Readings
            .Select(reading => (Reading: reading, Offset: reading.Progress.Uncommitted ?? (renews ? reading.Progress.Committed : null)))
            .Where(entry => entry.Offset is not null)
            .Select(entry => (entry.Reading, Offset: entry.Offset!.Value))
            .ToList();
        if (due.Count == 0) return;

        var started = _time.GetTimestamp();
        try
        {
            var stored = _offsets.Committed(due.Select(entry => entry.Reading.Partition));
            due.RemoveAll(entry => IsFurther(entry.Reading, stored.GetValueOrDefault(entry.Reading.Partition), entry.Offset));
            if (due.Count > 0) _offsets.Commit(due.Select(entry => (entry.Reading.Partition, entry.Offset)));
            foreach (var (reading, offset) in due) reading.Progress.MarkCommitted(offset);
            if (due.Count > 0) _meters.Commit(due.Count, _time.GetElapsedTime(started));
            if (renews) _renewedAt = _time.GetTimestamp();
            Succeeded();
        }
        catch (TopicPartitionOffsetException error)
        {
            var refused = error.Results.Where(result => result.Error.IsError).ToDictionary(result => new KafkaPartition(result.Topic, result.Partition.Value), result => result.Error);
            foreach (var (reading, offset) in due.Where(entry => !refused.ContainsKey(entry.Reading.Partition))) reading.Progress.MarkCommitted(offset);
            _meters.CommitFailure(refused.Count);
            Failed(string.Join(", ", refused.Select(entry => $"{entry.Key}: {entry.Value.Reason}")));
        }
        catch (KafkaException error)
        {
            _meters.CommitFailure(due.Count);
            Failed(error.Error.ToString());
        }
    }

    /// <summary>True when another silo has stored a higher offset, which stays.</summary>
    private bool IsFurther(PartitionReading reading, long? stored, long offset)
    {
        if (!(stored > offset) || !reading.Progress.StoredOffsetCounts) return false;
        if (reading.Progress.Committed < stored) LogFurther(reading.Partition, stored.Value, offset);
        reading.Progress.MarkCommitted(stored.Value);
        return true;
    }

    private void RewindThoseThatStandStill()
    {
        foreach (var reading in _reader.Readings)
        {
            if (reading.Progress.HasStoodStillFor(_options.CompletionTimeout))
                _reader.Rewind(reading.Partition, reading.Progress.Epoch, $"nothing was completed for {_options.CompletionTimeout}");
        }
    }

    /// <summary>The reading client knows the ends of what it fetches; a partition it holds back must be asked for.</summary>
    private void ObserveEnds()
    {
        if (_time.GetElapsedTime(_endsAt) < EndsPeriod) return;
        _endsAt = _time.GetTimestamp();
        foreach (var reading in _reader.Readings.Where(reading => reading.IsHeld || reading.EndIsOlderThan(EndsPeriod)))
        {
            try
            {
                reading.SeeEnd(_offsets.Ends(reading.Partition).High);
            }
            catch (KafkaException)
            {
                // The lag stays as it was last seen; the others would wait as long for nothing.
                return;
            }
        }
    }

    private void Succeeded()
    {
        if (!_failing) return;
        _failing = false;
        _contact.Settle(Commits);
        LogCommitsAgain();
    }

    /// <summary>The first failure of a row is a warning; the others would say the same five times a second.</summary>
    private void Failed(string error)
    {
        if (!_failing) LogCommitFailed(error);
        _failing = true;
        _contact.Trouble(Commits, "offsets cannot be committed: " + error);
    }

    [LoggerMessage(LogLevel.Warning, "Offsets could not be committed and are committed again until it succeeds: {Error}")]
    private partial void LogCommitFailed(string error);

    [LoggerMessage(LogLevel.Information, "Offsets are committed again")]
    private partial void LogCommitsAgain();

    [LoggerMessage(LogLevel.Warning, "{Partition}: another silo has committed offset {Stored}, which stays; this one had come to {Offset}")]
    private partial void LogFurther(KafkaPartition partition, long stored, long offset);

    [LoggerMessage(LogLevel.Warning, "Kafka does not say from where partitions are to be read; it is asked until it does: {Error}")]
    private partial void LogNotAnswered(string error);

    [LoggerMessage(LogLevel.Information, "Kafka says from where partitions are to be read")]
    private partial void LogAnswered();

    [LoggerMessage(LogLevel.Error, "A batch of {Topic}[{Partition}] read by silo {Reader} was completed or rewound on silo {Here}; only its reader can do that, so its offsets stay uncommitted")]
    private partial void LogElsewhere(string topic, int partition, SiloAddress reader, SiloAddress here);

    [LoggerMessage(LogLevel.Debug, "Kafka client of the committer: {Error}")]
    private partial void LogClientError(string error);

    [LoggerMessage(LogLevel.Error, "The committer met an error and goes on")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer; the last offsets are abandoned after {Patience} and their records will be read again")]
    private partial void LogAbandoned(TimeSpan patience);
}
