using System.Collections.Concurrent;
using Confluent.Kafka;
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
internal sealed partial class KafkaReader : IDisposable
{
    private static readonly TimeSpan IdlePoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PressedPoll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan WatermarkPeriod = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<KafkaPartition, PartitionReading> _readings = new();
    private readonly KafkaStreamOptions _options;
    private readonly SiloAddress _silo;
    private readonly KafkaContact _contact;
    private readonly KafkaMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly Lock _lock = new();
    private readonly Lock _commitLock = new();
    private readonly ManualResetEventSlim _stopped = new();
    private IConsumer<int, int>? _client;
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

    /// <summary>Takes a partition over, from the offset committed for the group.</summary>
    public PartitionReading Open(KafkaPartition partition)
    {
        var reading = new PartitionReading(partition, _options, _silo, () => Interlocked.Increment(ref _epochs), _time);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopped.IsSet, this);
            _readings[partition] = reading;
            Volatile.Write(ref _wanted, true);
            if (!_started) _thread.Start();
            _started = true;
        }

        LogOpened(partition);
        return reading;
    }

    /// <summary>Stops reading a partition; what is buffered is dropped.</summary>
    public void Close(PartitionReading reading)
    {
        if (!_readings.TryRemove(KeyValuePair.Create(reading.Partition, reading))) return;
        Volatile.Write(ref _wanted, true);
        LogClosed(reading.Partition, reading.Progress.Committed);
    }

    /// <summary>Reads a partition again from its commit point, in a new epoch; nothing happens when the epoch is over already.</summary>
    public void Rewind(KafkaBatchPosition position, string reason)
    {
        var partition = new KafkaPartition(position.Topic, position.Partition);
        if (Find(partition) is not { } reading || !reading.Rewind(position.Epoch)) return;
        Volatile.Write(ref _wanted, true);
        _meters.Rewind(partition);
        LogRewound(partition, reading.Progress.Start.Offset, reason);
    }

    /// <summary>Says that a partition has records and nobody takes them.</summary>
    public void ReportStalled(KafkaPartition partition) => LogStalled(partition, partition.Topic);

    /// <summary>Commits offsets; returns when the cluster has answered.</summary>
    /// <exception cref="KafkaException">Some or all were refused, or there is no client.</exception>
    public void Commit(IReadOnlyList<TopicPartitionOffset> offsets)
    {
        // Held throughout: a client must not be disposed of while it commits.
        lock (_commitLock) (_client ?? throw new KafkaException(ErrorCode.Local_Destroy)).Commit(offsets);
    }

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

    private void Run()
    {
        var failures = 0;
        while (!_stopped.IsSet)
        {
            try
            {
                using var session = new ReaderSession(this);
                lock (_commitLock) _client = session.Client;
                session.Poll(() => failures = 0);
            }
            catch (Exception error)
            {
                // Whatever broke the client, the partitions must be read on: with another one, after a pause.
                _meters.ConsumerError();
                LogClientFailed(error);

                // It may have stopped anywhere: the next client starts at the commit points.
                foreach (var reading in Readings) reading.Rewind(reading.Progress.Epoch);
                _stopped.Wait(TimeSpan.FromMilliseconds(Math.Min(10_000, 100 << Math.Min(failures++, 10))));
            }
        }
    }
}
