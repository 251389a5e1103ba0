using Confluent.Kafka;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Commits;

/// <summary>What the committer's thread does, round after round: all that waits for the cluster.</summary>
internal sealed partial class KafkaCommitter
{
    private const string Commits = "commits";

    private static readonly TimeSpan EndsPeriod = TimeSpan.FromSeconds(5);

    private bool _failing;
    private bool _asking;
    private long _renewedAt;
    private long _endsAt;

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
}
