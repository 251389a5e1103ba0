using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>
/// Knows the partitions of the provider's topics: creates what is missing, looks again now and then, and says when
/// something changed. A cluster that cannot be reached holds nobody up: it is asked again until it answers.
/// </summary>
internal sealed partial class KafkaTopology(string provider, KafkaStreamOptions options, ClusterLook cluster, KafkaContact contact, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly TopicCounts _counts = new();
    private Task? _watching;
    private string _missing = "";
    private string _refusal = "";

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
        var seen = await cluster.PartitionsAsync();
        // Topics that are there are read while others still have to be made.
        Show(seen);
        if (options.ManageTopics && Missing(seen) is { Count: > 0 } missing)
        {
            await CreateAsync(missing);
            seen = await cluster.PartitionsAsync();
            Show(seen);
        }

        Report([.. options.Topics.Select(topic => topic.Name).Where(topic => !seen.ContainsKey(topic))]);
        return options.Topics.All(topic => seen.ContainsKey(topic.Name));
    }

    private void Show(Dictionary<string, int> seen)
    {
        var known = _counts.After(seen, options.Topics.Select(topic => topic.Name));
        var map = new PartitionMap(known, [.. options.Topics.Where(topic => topic.Read).Select(topic => topic.Name)]);
        if (map.SameAs(Map)) return;

        Map = map;
        LogPartitions(provider, string.Join(", ", known.Select(topic => $"{topic.Key} {topic.Value}")));
        Changed?.Invoke();
    }

    /// <summary>Topics to create: those no look has shown, not those one look lacks.</summary>
    private List<KafkaTopic> Missing(Dictionary<string, int> seen)
    {
        var deadLetters = new KafkaTopic
        {
            Name = options.DeadLetterTopic,
            Partitions = 1,
            ReplicationFactor = options.Topics.Max(topic => topic.ReplicationFactor),
        };
        return
        [
            .. options.Topics.Append(deadLetters)
                .DistinctBy(topic => topic.Name)
                .Where(topic => topic.Name.Length > 0 && !seen.ContainsKey(topic.Name) && Map.Count(topic.Name) is null),
        ];
    }

    /// <summary>Said once, not at every look.</summary>
    private void Report(IReadOnlyCollection<string> missing)
    {
        var topics = string.Join(", ", missing);
        if (topics.Length > 0 && topics != _missing) LogMissing(provider, topics, options.ManageTopics);
        _missing = topics;
    }

    private async Task CreateAsync(List<KafkaTopic> missing)
    {
        try
        {
            await cluster.CreateAsync(missing);
            LogCreated(provider, string.Join(", ", missing.Select(topic => $"{topic.Name} ({topic.Partitions} partitions)")));
        }
        catch (KafkaException error)
        {
            var reason = error is CreateTopicsException partly
                ? string.Join("; ", partly.Results.Where(result => result.Error.IsError).Select(result => $"{result.Topic}: {result.Error.Reason}"))
                : error.Error.Reason;
            if (reason != _refusal) LogNotCreated(provider, reason);
            _refusal = reason;
            await cluster.AskByNameAsync(missing.Select(topic => topic.Name));
        }
    }

    [LoggerMessage(LogLevel.Warning, "Kafka stream provider '{Provider}': {Servers} cannot be used yet and is tried again: {Error}")]
    private partial void LogNotReached(string provider, string servers, string error);

    [LoggerMessage(LogLevel.Warning, "Kafka stream provider '{Provider}': topics {Topics} are missing and are waited for; ManageTopics is {ManageTopics}")]
    private partial void LogMissing(string provider, string topics, bool manageTopics);

    [LoggerMessage(LogLevel.Warning, "Kafka stream provider '{Provider}': topics could not be created, the brokers are asked for them by name instead: {Reason}")]
    private partial void LogNotCreated(string provider, string reason);

    [LoggerMessage(LogLevel.Information, "Kafka stream provider '{Provider}': created {Topics}")]
    private partial void LogCreated(string provider, string topics);

    [LoggerMessage(LogLevel.Information, "Kafka stream provider '{Provider}': partitions by topic: {Partitions}")]
    private partial void LogPartitions(string provider, string partitions);
}
