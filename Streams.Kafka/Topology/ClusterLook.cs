using Confluent.Kafka;
using Confluent.Kafka.Admin;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>Asks the cluster about topics and makes them. Calls that block do so on a thread of their own.</summary>
internal sealed class ClusterLook(KafkaProducer producer)
{
    /// <summary>How long one request may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Brokers from Kafka 2.4 on choose the replication factor themselves; for older ones it is this, or the brokers there are.</summary>
    private const int OldDefaultReplication = 3;

    /// <summary>Partitions of every topic of the cluster: asking for one by name could make the cluster create it.</summary>
    /// <exception cref="KafkaException">The cluster does not answer.</exception>
    public Task<Dictionary<string, int>> PartitionsAsync() => Blocking(admin => admin.GetMetadata(Patience).Topics
        .Where(topic => topic.Partitions.Count > 0)
        .ToDictionary(topic => topic.Topic, topic => topic.Partitions.Count));

    /// <summary>Brokers that make topics by themselves do so for a topic that is asked for by its name.</summary>
    public Task AskByNameAsync(IEnumerable<string> topics) => Blocking(admin =>
    {
        foreach (var topic in topics) _ = admin.GetMetadata(topic, Patience);
        return 0;
    });

    /// <summary>Creates topics; those that are there already are left as they are.</summary>
    /// <exception cref="KafkaException">Some could not be created.</exception>
    public async Task CreateAsync(IReadOnlyCollection<KafkaTopic> topics)
    {
        try
        {
            await CreateAsync(topics, topic => topic.ReplicationFactor);
        }
        catch (KafkaException error) when (topics.Any(topic => topic.ReplicationFactor == -1) && LeavesNoDefault(error))
        {
            var brokers = await Blocking(admin => admin.GetMetadata(Patience).Brokers.Count);
            await CreateAsync(topics, topic => topic.ReplicationFactor == -1 ? (short)Math.Min(brokers, OldDefaultReplication) : topic.ReplicationFactor);
        }
    }

    private async Task CreateAsync(IReadOnlyCollection<KafkaTopic> topics, Func<KafkaTopic, short> replication)
    {
        using var lease = producer.Rent();
        using var admin = new DependentAdminClientBuilder(lease.Client.Handle).Build();
        try
        {
            await admin.CreateTopicsAsync(
                topics.Select(topic => new TopicSpecification { Name = topic.Name, NumPartitions = topic.Partitions, ReplicationFactor = replication(topic) }),
                new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience });
        }
        catch (CreateTopicsException error) when (error.Results.TrueForAll(result => !result.Error.IsError || result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another silo was faster.
        }
    }

    private static bool LeavesNoDefault(KafkaException error) => error is CreateTopicsException partly
        ? partly.Results.Exists(result => result.Error.Code is ErrorCode.InvalidReplicationFactor or ErrorCode.InvalidRequest)
        : error.Error.Code is ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion;

    private Task<TResult> Blocking<TResult>(Func<IAdminClient, TResult> ask) => Task.Factory.StartNew(
        () =>
        {
            using var lease = producer.Rent();
            using var admin = new DependentAdminClientBuilder(lease.Client.Handle).Build();
            return ask(admin);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
