using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// Reads all partitions of one provider on this silo: one client, one thread. Pulling agents open and close
/// partitions and consumers rewind them; the thread compares what is wanted with what the client has assigned and
/// brings the two together, so that a lost client is simply replaced and assigned anew.
/// </summary>
internal sealed partial class KafkaReader : IPartitionWatch, IDisposable
{
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PressedPoll = TimeSpan.FromMilliseconds(2);

    /// <summary>Rewinds without any progress after which a partition's consumer counts as failing.</summary>
    private const int RewindsToReport = 3;

    private readonly ConcurrentDictionary<KafkaPartition, PartitionReading> _readings = new();
    private readonly KafkaStreamOptions _options;
    private readonly SiloAddress _silo;
    private readonly KafkaContact _contact;
    private readonly KafkaMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly ManualResetEventSlim _stopped = new();
    private long _epochs;
    private bool _wanted;
    private bool _started;

    public KafkaReader(string provider, KafkaStreamOptions options, SiloAddress silo, KafkaContact contact, KafkaMeters meters, TimeProvider time, ILogger logger)
    {
        (_options, _silo, _contact, _meters, _time, _logger) = (options, silo, contact, meters, time, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = $"Kafka reader {provider}" };
        meters.Observe(() => _readings.Values);
    }

    /// <summary>The partitions read here now.</summary>
    public IEnumerable<PartitionReading> Readings => _readings.Values;

    public PartitionReading? Find(in KafkaPartition partition) => _readings.GetValueOrDefault(partition);

    /// <summary>Takes a partition over. It is read as soon as the committer has said from where.</summary>
    public PartitionReading Open(KafkaPartition partition)
    {
        var reading = new PartitionReading(partition, _options, _silo, () => Interlocked.Increment(ref _epochs), _time);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped.IsSet, this);
            _readings[partition] = reading;
            if (!_started) _thread.Start();
            _started = true;
        }

        LogOpened(partition);
        return reading;
    }

    /// <summary>Looks anew at what is to be read from where.</summary>
    public void Look() => Volatile.Write(ref _wanted, true);

    /// <summary>Stops reading a partition; what is buffered is dropped.</summary>
    public void Close(PartitionReading reading)
    {
        if (!_readings.TryRemove(KeyValuePair.Create(reading.Partition, reading))) return;
        Look();
        _contact.Settle(Consumer(reading.Partition));
        _contact.Settle(Lost(reading.Partition));
        LogClosed(reading.Partition, reading.Progress.Committed);
    }

    /// <summary>Reads a partition again from its commit point, in a new epoch; nothing happens when the epoch is over already.</summary>
    public void Rewind(in KafkaPartition partition, long epoch, string reason)
    {
        if (Find(partition) is not { } reading || !reading.Rewind(epoch)) return;
        Look();
        _meters.Rewind(partition);
        LogRewound(partition, reading.Progress.Start?.Offset, reason);
        if (reading.Progress.RewindsWithoutProgress >= RewindsToReport)
            _contact.Trouble(Consumer(partition), $"{partition} is held at offset {reading.Progress.Start?.Offset}: {reason}");
    }

    /// <summary>Notes that a partition has moved on.</summary>
    public void ReportProgress(in KafkaPartition partition)
    {
        if (_contact.HasTroubles) _contact.Settle(Consumer(partition));
    }

    /// <summary>Says that a partition has records and nobody takes them.</summary>
    public void ReportStalled(in KafkaPartition partition)
    {
        LogStalled(partition, partition.Topic);
        _contact.Trouble(Consumer(partition), $"{partition} has records and no consumer takes them");
    }

    /// <summary>Says that the codec fails on a partition's records and is tried again.</summary>
    public void ReportDecoding(in KafkaPartition partition, string error)
    {
        LogDecoding(partition, error);
        _contact.Trouble(Consumer(partition), $"{partition} waits for its codec: {error}");
    }

    /// <summary>Says that a partition's batches go to more than one consumer, which the commit protocol cannot serve.</summary>
    public void ReportSecondConsumer(in KafkaPartition partition)
    {
        LogSecondConsumer(partition, partition.Topic);
        _contact.Trouble(Consumer(partition), $"{partition} has more than one consumer; offsets may be committed before all of them are done");
    }

    /// <summary>Says that records were deleted before they were read.</summary>
    public void ReportLost(in KafkaPartition partition, long records, long begins)
    {
        _meters.Lost(partition, records);
        LogLost(partition, records, begins);
        _contact.Trouble(Lost(partition), $"{partition} lost up to {records} records to retention before offset {begins}");
    }

    /// <summary>Says that a partition's log ends before what was read of it.</summary>
    public void ReportAnotherLog(in KafkaPartition partition, long begins) => LogLogRestarted(partition, begins);

    public void Dispose()
    {
        lock (_lock)
        {
            if (_stopped.IsSet) return;
            _stopped.Set();
        }

        if (_started) _thread.Join();
        _stopped.Dispose();
    }

    private static string Consumer(in KafkaPartition partition) => $"consumer of {partition}";

    private static string Lost(in KafkaPartition partition) => $"loss in {partition}";

    private bool TakeWanted() => Volatile.Read(ref _wanted) && Interlocked.Exchange(ref _wanted, false);

    private void Run()
    {
        var failures = 0;
        while (!_stopped.IsSet)
        {
            try
            {
                using var session = new ReaderSession(this);
                session.Poll(() => failures = 0);
            }
            catch (Exception error)
            {
                // Whatever broke the client, the partitions must be read on: with another one, after a pause.
                _meters.ConsumerError();
                LogClientFailed(error);

                // It may have stopped anywhere: the next client starts at the commit points.
                foreach (var reading in Readings) Rewind(reading.Partition, reading.Progress.Epoch, "the client was replaced");
                _stopped.Wait(TimeSpan.FromMilliseconds(Math.Min(10_000, 100 << Math.Min(failures++, 10))));
            }
        }
    }
}
