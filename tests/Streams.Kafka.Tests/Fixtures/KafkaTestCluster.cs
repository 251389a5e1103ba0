using System.Text;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Reading;
using Orleans.Configuration;
using Orleans.Streams;
using Orleans.TestingHost;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Silos in this process on a broker in this process.</summary>
internal sealed class KafkaTestCluster : IAsyncDisposable
{
    public const string Provider = "kafka";
    public const string Topic = "records";
    public const string LaterTopic = "later";
    public const string DeadLetters = "dead";
    public const string Group = "group";

    private readonly bool _ownsBroker;

    private KafkaTestCluster(EmbeddedBroker broker, bool ownsBroker, Sink sink, InProcessTestCluster orleans, CapturedLog log) =>
        (Broker, _ownsBroker, Sink, Orleans, Log) = (broker, ownsBroker, sink, orleans, log);

    public EmbeddedBroker Broker { get; }

    public Sink Sink { get; }

    public InProcessTestCluster Orleans { get; }

    /// <summary>Warnings and errors of all silos.</summary>
    public CapturedLog Log { get; }

    public static EmbeddedBroker NewBroker(int partitions = 3) => EmbeddedBroker.Start([(Topic, partitions), (DeadLetters, 1)]);

    public static async Task<KafkaTestCluster> StartAsync(
        short silos = 1,
        EmbeddedBroker? broker = null,
        Sink? sink = null,
        Action<KafkaStreamOptions>? configure = null,
        Action<ISiloBuilder>? configureSilo = null,
        TextCodec.Outage? outage = null)
    {
        var used = broker ?? NewBroker();
        sink ??= new Sink();
        void Configure(KafkaStreamOptions options)
        {
            Options(options, used);
            configure?.Invoke(options);
        }

        var log = new CapturedLog();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(sink);
            silo.Services.AddHealthChecks().AddKafkaStreams(Provider);
            silo.Services.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
                options.TableRefreshTimeout = TimeSpan.FromSeconds(1);
            });
            silo.AddKafkaStreams(Provider, Configure, _ => new TextCodec(outage));
            silo.AddActivityPropagation();
            configureSilo?.Invoke(silo);
        });
        builder.ConfigureSiloHost((_, host) => host.Logging.SetMinimumLevel(LogLevel.Warning).AddProvider(log));
        builder.ConfigureClient(client => client.AddKafkaStreams(Provider, Configure, _ => new TextCodec()));
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new KafkaTestCluster(used, broker is null, sink, cluster, log);
    }

    public static void Options(KafkaStreamOptions options, EmbeddedBroker broker)
    {
        broker.Serve(options);
        options.Topics.Add(new KafkaTopic { Name = Topic });
        options.ConsumerGroup = Group;
        options.DeadLetterTopic = DeadLetters;
        options.MaxDecodeTime = TimeSpan.FromMilliseconds(200);
        options.CommitInterval = TimeSpan.FromMilliseconds(50);
    }

    public IAsyncStream<string> Stream(string key = KafkaStreams.ByKey) =>
        Orleans.Client.GetStreamProvider(Provider).GetStream<string>(StreamId.Create(Topic, key));

    public Task PublishAsync(IEnumerable<string> records, string key = KafkaStreams.ByKey) => Stream(key).OnNextBatchAsync(records);

    /// <summary>The reader of a silo.</summary>
    public KafkaReader Reader(int silo = 0) => Orleans.Silos[silo].ServiceProvider.GetRequiredKeyedService<KafkaReader>(Provider);

    /// <summary>What a silo's health check says of the provider.</summary>
    public async Task<HealthReportEntry> HealthAsync(int silo = 0) =>
        (await Orleans.Silos[silo].ServiceProvider.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries[Provider];

    /// <summary>Waits until a silo's health check says a status.</summary>
    public Task BecomesAsync(HealthStatus status, int silo = 0) =>
        Eventually.TrueAsync(() => HealthAsync(silo).Result.Status == status, $"the provider is {status}", 60);

    /// <summary>Waits until each silo reads so many partitions.</summary>
    public Task SharedAsync(int share) => Eventually.TrueAsync(
        () => Enumerable.Range(0, Orleans.Silos.Count).All(silo => Reader(silo).Readings.Count() == share),
        $"each silo reads {share} partitions",
        60);

    /// <summary>Publishes bytes as any other program might.</summary>
    public async Task PublishRawAsync(int partition, string? key, string? value, Headers? headers = null)
    {
        using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig { BootstrapServers = Broker.BootstrapServers })
            .SetKeySerializer(Serializers.ByteArray!).SetValueSerializer(Serializers.ByteArray!).Build();
        await producer.ProduceAsync(new TopicPartition(Topic, partition), new Message<byte[]?, byte[]?>
        {
            Key = key is null ? null : Encoding.UTF8.GetBytes(key),
            Value = value is null ? null : Encoding.UTF8.GetBytes(value),
            Headers = headers,
        });
    }

    /// <summary>What the group has committed, 0 for nothing, summed over the topic's partitions.</summary>
    public long Committed() => CommittedOffsets().Sum();

    public long[] CommittedOffsets(int partitions = 3, string topic = Topic)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = Broker.BootstrapServers, GroupId = Group }).Build();
        return [.. consumer
            .Committed(Enumerable.Range(0, partitions).Select(number => new TopicPartition(topic, number)), TimeSpan.FromSeconds(20))
            .Select(offset => Math.Max(0, offset.Offset.Value))];
    }

    /// <summary>Where the topic's partitions end.</summary>
    public long[] Ends(int partitions = 3)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = Broker.BootstrapServers, GroupId = "observer" }).Build();
        return [.. Enumerable.Range(0, partitions).Select(number => consumer.QueryWatermarkOffsets(new TopicPartition(Topic, number), TimeSpan.FromSeconds(20)).High.Value)];
    }

    /// <summary>Where the one partition of a topic ends.</summary>
    public long Ends(string topic)
    {
        using var consumer = new ConsumerBuilder<Ignore, Ignore>(new ConsumerConfig { BootstrapServers = Broker.BootstrapServers, GroupId = "observer" }).Build();
        return consumer.QueryWatermarkOffsets(new TopicPartition(topic, 0), TimeSpan.FromSeconds(20)).High.Value;
    }

    /// <summary>Everything on a topic, until no more comes.</summary>
    public List<ConsumeResult<byte[], byte[]>> ReadAll(string topic, int expected)
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(new ConsumerConfig
        {
            BootstrapServers = Broker.BootstrapServers,
            GroupId = "observer",
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var all = new List<ConsumeResult<byte[], byte[]>>();
        while (consumer.Consume(all.Count < expected ? TimeSpan.FromSeconds(10) : TimeSpan.FromMilliseconds(300)) is { } result) all.Add(result);
        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await Orleans.DisposeAsync();
        if (_ownsBroker) Broker.Dispose();
    }
}
