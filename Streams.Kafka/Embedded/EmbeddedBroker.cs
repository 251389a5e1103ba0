using OptiBid.Streams.Kafka.Hosting;

namespace OptiBid.Streams.Kafka.Embedded;

/// <summary>
/// A Kafka broker inside this process: librdkafka's mock cluster, reached over loopback by any client. For tests,
/// and for running without a cluster. Everything it holds is gone with the process.
/// </summary>
/// <remarks>
/// What it does not do: administrative calls time out; a topic that was not created here appears with four partitions
/// when it is first used; about 5 MiB are kept of each partition, older records vanish; a search by time answers with
/// the end. An empty fetch is answered only after the longest wait the reader allows, even when a record arrives
/// meanwhile. <see cref="Serve"/> takes account of that.
/// </remarks>
public sealed class EmbeddedBroker : IDisposable
{
    private readonly nint _client;
    private nint _cluster;

    private EmbeddedBroker(nint client, nint cluster)
    {
        (_client, _cluster) = (client, cluster);
        BootstrapServers = MockCluster.Bootstraps(cluster);
    }

    /// <summary>Where clients reach it.</summary>
    public string BootstrapServers { get; }

    /// <summary>Starts a broker with topics.</summary>
    /// <param name="topics">The topics, each with its number of partitions.</param>
    /// <exception cref="InvalidOperationException">librdkafka could not start it.</exception>
    public static EmbeddedBroker Start(IEnumerable<(string Topic, int Partitions)> topics)
    {
        var (client, cluster) = MockCluster.Create(brokers: 1);
        var broker = new EmbeddedBroker(client, cluster);
        try
        {
            foreach (var (topic, partitions) in topics) broker.CreateTopic(topic, partitions);
            return broker;
        }
        catch
        {
            broker.Dispose();
            throw;
        }
    }

    /// <summary>Creates a topic.</summary>
    /// <param name="topic">Its name.</param>
    /// <param name="partitions">Its number of partitions.</param>
    public void CreateTopic(string topic, int partitions) => MockCluster.CreateTopic(Cluster, topic, partitions);

    /// <summary>Makes a provider use this broker, and live with what it does not do.</summary>
    /// <param name="options">The provider's options.</param>
    public void Serve(KafkaStreamOptions options)
    {
        options.BootstrapServers = BootstrapServers;
        options.ManageTopics = false;
        options.ConsumerSettings["fetch.wait.max.ms"] = "25";
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        var cluster = Interlocked.Exchange(ref _cluster, 0);
        if (cluster != 0) MockCluster.Destroy(_client, cluster);
    }

    /// <summary>Takes the broker off the network, or brings it back with all it held.</summary>
    internal void SetReachable(bool reachable) => MockCluster.SetUp(Cluster, 1, reachable);

    /// <summary>Answers the next requests of a kind with errors (Kafka protocol, API keys and error codes).</summary>
    internal void Refuse(short apiKey, params ReadOnlySpan<int> errors) => MockCluster.PushErrors(Cluster, apiKey, errors);

    /// <summary>Forgets the errors not yet given.</summary>
    internal void StopRefusing(short apiKey) => MockCluster.ClearErrors(Cluster, apiKey);

    private nint Cluster => _cluster != 0 ? _cluster : throw new ObjectDisposedException(nameof(EmbeddedBroker));
}
