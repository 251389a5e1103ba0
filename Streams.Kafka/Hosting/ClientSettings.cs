using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>The librdkafka settings behind a provider's guarantees and speed, with the options' own settings on top.</summary>
internal static class ClientSettings
{
    /// <summary>A consumer that commits only what it is told to and forgets nothing it has not been told to forget.</summary>
    public static ConsumerConfig Consumer(KafkaStreamOptions options) => Overridden(
        new ConsumerConfig
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = "orleans-streams",
            GroupId = options.ConsumerGroup,
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            EnablePartitionEof = false,

            // An offset that is not there any more is found out about, never jumped over.
            AutoOffsetReset = AutoOffsetReset.Error,
            AllowAutoCreateTopics = false,
            IsolationLevel = IsolationLevel.ReadCommitted,

            // Holding a partition back throws away what the client has fetched ahead of it, so it fetches only a
            // little ahead of the provider's own buffers, and asks again soon.
            QueuedMinMessages = Math.Max(1_000, options.MaxBatchRecords),
            QueuedMaxMessagesKbytes = 32 * 1024,
            FetchQueueBackoffMs = 5,
            FetchWaitMaxMs = 500,
            FetchErrorBackoffMs = 100,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 2_000,
            SocketTimeoutMs = 15_000,
        },
        options.Settings,
        options.ConsumerSettings);

    /// <summary>A consumer that reads nothing: it stores and looks up offsets.</summary>
    public static ConsumerConfig Offsets(KafkaStreamOptions options) => Overridden(
        new ConsumerConfig
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = "orleans-streams-offsets",
            GroupId = options.ConsumerGroup,
            EnableAutoCommit = false,
            AllowAutoCreateTopics = false,
            IsolationLevel = IsolationLevel.ReadCommitted,

            // A commit waits this long for a group coordinator that is away.
            SessionTimeoutMs = 6_000,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 2_000,
            SocketTimeoutMs = 15_000,
        },
        options.Settings,
        options.ConsumerSettings);

    /// <summary>A producer that neither loses, doubles nor reorders.</summary>
    public static ProducerConfig Producer(KafkaStreamOptions options) => Overridden(
        new ProducerConfig
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = "orleans-streams",
            EnableIdempotence = true,
            Acks = Acks.All,
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = 5,
            CompressionType = CompressionType.Lz4,
            MessageTimeoutMs = (int)options.PublishTimeout.TotalMilliseconds,
            QueueBufferingMaxMessages = 200_000,
            QueueBufferingMaxKbytes = 64 * 1024,
            ReconnectBackoffMs = 50,
            ReconnectBackoffMaxMs = 2_000,

            // A dead letter is its record and a few headers more; the broker's own limit still applies.
            MessageMaxBytes = 32 * 1024 * 1024,
        },
        options.Settings,
        options.ProducerSettings);

    private static TConfig Overridden<TConfig>(TConfig config, params IDictionary<string, string>[] settings)
        where TConfig : ClientConfig
    {
        foreach (var (key, value) in settings.SelectMany(pairs => pairs)) config.Set(key, value);
        return config;
    }
}
