using System.Diagnostics;
using System.Diagnostics.Metrics;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>What one provider measures; every instrument carries the provider's name, and the topic and partition where they mean something.</summary>
internal sealed class KafkaMeters : IDisposable
{
    private readonly string _provider;
    private readonly Meter _meter;
    private readonly Counter<long> _read;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _rewinds;
    private readonly Counter<long> _commits;
    private readonly Counter<long> _commitFailures;
    private readonly Counter<long> _lateCompletions;
    private readonly Counter<long> _published;
    private readonly Counter<long> _publishErrors;
    private readonly Counter<long> _consumerErrors;
    private readonly Histogram<int> _batchSize;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<double> _deliveryDuration;
    private readonly Histogram<double> _completionDuration;

    public KafkaMeters(string provider, IMeterFactory? factory)
    {
        _provider = provider;
        _meter = factory?.Create(KafkaInstruments.MeterName) ?? new Meter(KafkaInstruments.MeterName);
        _read = _meter.CreateCounter<long>("kafka.records.read", "{record}", "Records decoded and handed out.");
        _deadLetters = _meter.CreateCounter<long>("kafka.dead_letters", "{record}", "Records the codec could not read, acknowledged by the dead-letter topic.");
        _rewinds = _meter.CreateCounter<long>("kafka.rewinds", "{rewind}", "Times a partition was rewound to its commit point.");
        _commits = _meter.CreateCounter<long>("kafka.commits", "{commit}", "Offsets committed.");
        _commitFailures = _meter.CreateCounter<long>("kafka.commit_failures", "{commit}", "Commits that failed and are tried again.");
        _lateCompletions = _meter.CreateCounter<long>("kafka.late_completions", "{batch}", "Batches completed after a rewind or hand-over; their records are read again.");
        _published = _meter.CreateCounter<long>("kafka.records.published", "{record}", "Records acknowledged by all in-sync replicas.");
        _publishErrors = _meter.CreateCounter<long>("kafka.publish_errors", "{record}", "Records that could not be published.");
        _consumerErrors = _meter.CreateCounter<long>("kafka.consumer_errors", "{error}", "Errors met while reading.");
        _batchSize = _meter.CreateHistogram<int>("kafka.batch.records", "{record}", "Records in a delivered batch.");
        _lost = _meter.CreateCounter<long>("kafka.records.lost", "{record}", "Offsets deleted by the cluster before they were read.");
        _deliveryDuration = _meter.CreateHistogram<double>("kafka.delivery.duration", "s", "Time a consumer took over a batch, with all attempts.");
        _completionDuration = _meter.CreateHistogram<double>("kafka.completion.duration", "s", "Time from decoding a batch until it was complete.");
        _commitDuration = _meter.CreateHistogram<double>("kafka.commit.duration", "s", "Time a commit took.");
    }

    /// <summary>Observes lag and buffers of the partitions read here.</summary>
    public void Observe(Func<IEnumerable<PartitionReading>> readings)
    {
        _meter.CreateObservableGauge("kafka.lag", () => Lags(readings()), "{record}", "Records between a partition's commit point and its end.");
        _meter.CreateObservableGauge(
            "kafka.buffered",
            () => readings().Select(reading => new Measurement<int>(reading.Buffer.Records, Tags(reading.Partition))),
            "{record}",
            "Undecoded records held in memory.");
        _meter.CreateObservableGauge(
            "kafka.held",
            () => readings().Select(reading => new Measurement<int>(reading.IsHeld ? 1 : 0, Tags(reading.Partition))),
            "{partition}",
            "1 while a partition is not fetched because its buffer is full.");
        _meter.CreateObservableGauge(
            "kafka.failing",
            () => readings().Select(reading => new Measurement<int>(reading.Progress.RewindsWithoutProgress > 0 ? 1 : 0, Tags(reading.Partition))),
            "{partition}",
            "1 while a partition was rewound and nothing of it has been completed since.");
    }

    public void Batch(in KafkaPartition partition, int records)
    {
        var tags = Tags(partition);
        _read.Add(records, tags);
        _batchSize.Record(records, tags);
    }

    public void DeadLetters(in KafkaPartition partition, int records) => _deadLetters.Add(records, Tags(partition));

    public void Lost(in KafkaPartition partition, long records) => _lost.Add(records, Tags(partition));

    public void Delivery(in KafkaPartition partition, TimeSpan duration) => _deliveryDuration.Record(duration.TotalSeconds, Tags(partition));

    public void Completion(in KafkaPartition partition, TimeSpan duration) => _completionDuration.Record(duration.TotalSeconds, Tags(partition));

    public void Rewind(in KafkaPartition partition) => _rewinds.Add(1, Tags(partition));

    public void Commit(int partitions, TimeSpan duration)
    {
        _commits.Add(partitions, Provider);
        _commitDuration.Record(duration.TotalSeconds, Provider);
    }

    public void CommitFailure(int partitions) => _commitFailures.Add(partitions, Provider);

    public void LateCompletion(in KafkaPartition partition) => _lateCompletions.Add(1, Tags(partition));

    public void Published(string topic, int records) => _published.Add(records, Provider, new("topic", topic));

    public void PublishErrors(string topic, int records) => _publishErrors.Add(records, Provider, new("topic", topic));

    public void ConsumerError() => _consumerErrors.Add(1, Provider);

    public void Dispose() => _meter.Dispose();

    private KeyValuePair<string, object?> Provider => new("provider", _provider);

    private TagList Tags(in KafkaPartition partition) => new()
    {
        Provider,
        new("topic", partition.Topic),
        new("partition", partition.Number),
    };

    private IEnumerable<Measurement<long>> Lags(IEnumerable<PartitionReading> readings)
    {
        foreach (var reading in readings)
        {
            if (reading is { End: { } end, Progress.Committed: { } committed })
                yield return new Measurement<long>(Math.Max(0, end - committed), Tags(reading.Partition));
        }
    }
}
