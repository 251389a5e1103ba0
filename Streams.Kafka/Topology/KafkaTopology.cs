using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>
/// Knows the partitions of the provider's topics: creates what is missing, looks again now and then, and says when
/// something changed. A cluster that cannot be reached holds nobody up: it is asked again until it answers.
/// </summary>
internal sealed partial class KafkaTopology(string provider, KafkaStreamOptions options, KafkaProducer producer, KafkaContact contact, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private Task? _watching;
    private string _missing = "";

    /// <summary>Raised, from any thread, after <see cref="Map"/> has changed.</summary>
    public event Action? Changed;

    /// <summary>The partitions as last seen; empty until the cluster was reached.</summary>
    public PartitionMap Map { get; private set => Volatile.Write(ref field, value); } = PartitionMap.Empty;

    public void Start()
    {
        lock (_lock) _watching ??= Task.Run(WatchAsync);
    }

    public void Dispose()
    {
        _stop.Cancel();
        // Bounded by the timeout of one request.
        _watching?.Wait();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        var delay = FirstDelay;
        while (!_stop.IsCancellationRequested)
        {
            var complete = false;
            try
            {
                complete = await LookAsync();
                contact.Reached();
            }
            catch (Exception error)
            {
                // Whatever it was, a silo that cannot see its partitions must go on asking.
                if (contact.Lost(error.Message) || delay == FirstDelay) LogNotReached(provider, options.BootstrapServers, error.Message);
            }

            delay = complete ? options.MetadataRefresh : Shorter(delay * 2, Shorter(LongestDelay, options.MetadataRefresh));
            await Task.Delay(delay, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (complete) delay = FirstDelay;
        }
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <returns>True when every topic is there.</returns>
    private async Task<bool> LookAsync()
    {
        var counts = await AskAsync();
        var missing = options.Topics.Where(topic => !counts.ContainsKey(topic.Name)).ToList();
        if (missing.Count > 0 || IsDeadLetterMissing(counts))
        {
            if (options.ManageTopics)
            {
                await CreateAsync(missing, IsDeadLetterMissing(counts));
                counts = await AskAsync();
            }
        }

        Report([.. options.Topics.Select(topic => topic.Name).Where(topic => !counts.ContainsKey(topic))]);

        var known = options.Topics.Where(topic => counts.ContainsKey(topic.Name)).ToDictionary(topic => topic.Name, topic => counts[topic.Name]);
        var map = new PartitionMap(known, [.. options.Topics.Where(topic => topic.Read).Select(topic => topic.Name)]);
        if (!map.SameAs(Map))
        {
            Map = map;
            LogPartitions(provider, string.Join(", ", known.Select(topic => $"{topic.Key} {topic.Value}")));
            Changed?.Invoke();
        }

        return known.Count == options.Topics.Count;
    }

    /// <summary>Said once, not at every look.</summary>
    private void Report(IReadOnlyCollection<string> missing)
    {
        var topics = string.Join(", ", missing);
        if (topics.Length > 0 && topics != _missing) LogMissing(provider, topics, options.ManageTopics);
        _missing = topics;
    }

    private bool IsDeadLetterMissing(Dictionary<string, int> counts) =>
        options.DeadLetterTopic.Length > 0 && !counts.ContainsKey(options.DeadLetterTopic);

    /// <summary>
    /// Partitions of every topic of the cluster: asking for one by name could make the cluster create it. The call
    /// blocks, so not on a thread of the pool.
    /// </summary>
    private Task<Dictionary<string, int>> AskAsync() => Task.Factory.StartNew(
        () =>
        {
            using var admin = new DependentAdminClientBuilder(producer.Current.Handle).Build();
            return admin.GetMetadata(RequestTimeout).Topics
                .Where(topic => topic.Partitions.Count > 0)
                .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private async Task CreateAsync(List<KafkaTopic> missing, bool deadLetter)
    {
        var wanted = missing
            .Select(topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions, ReplicationFactor = topic.ReplicationFactor })
            .ToList();
        if (deadLetter && missing.All(topic => topic.Name != options.DeadLetterTopic))
        {
            wanted.Add(new TopicSpecification
            {
                Name = options.DeadLetterTopic,
                NumPartitions = 1,
                ReplicationFactor = options.Topics.Max(topic => topic.ReplicationFactor),
            });
        }

        using var admin = new DependentAdminClientBuilder(producer.Current.Handle).Build();
        try
        {
            await admin.CreateTopicsAsync(wanted, new CreateTopicsOptions { RequestTimeout = RequestTimeout, OperationTimeout = RequestTimeout });
            LogCreated(provider, string.Join(", ", wanted.Select(topic => $"{topic.Name} ({topic.NumPartitions} partitions)")));
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(result => !result.Error.IsError || result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another silo was faster.
        }
        catch (CreateTopicsException error)
        {
            var reasons = error.Results.Where(result => result.Error.IsError).Select(result => $"{result.Topic}: {result.Error.Reason}");
            throw new InvalidOperationException("topics could not be created: " + string.Join("; ", reasons), error);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kafka stream provider '{Provider}': {Servers} cannot be used yet and is tried again: {Error}")]
    private partial void LogNotReached(string provider, string servers, string error);

    [LoggerMessage(LogLevel.Warning, "Kafka stream provider '{Provider}': topics {Topics} are missing and are waited for; ManageTopics is {ManageTopics}")]
    private partial void LogMissing(string provider, string topics, bool manageTopics);

    [LoggerMessage(LogLevel.Information, "Kafka stream provider '{Provider}': created {Topics}")]
    private partial void LogCreated(string provider, string topics);

    [LoggerMessage(LogLevel.Information, "Kafka stream provider '{Provider}': partitions by topic: {Partitions}")]
    private partial void LogPartitions(string provider, string partitions);
}
