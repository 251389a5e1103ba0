using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>Puts one provider together from its services, which are keyed by its name.</summary>
internal sealed class KafkaAdapterFactory<T>(IServiceProvider services, string name, Func<IServiceProvider, IKafkaCodec<T>> codecFactory, bool reads) : IQueueAdapterFactory
{
    private readonly KafkaTopology _topology = services.GetRequiredKeyedService<KafkaTopology>(name);
    private readonly PartitionCaches? _caches = reads
        ? new(services.GetRequiredKeyedService<KafkaReader>(name), KafkaServices.Options(services, name).CompleteOnDelivery)
        : null;

    [Obsolete("Use the overload which accepts a CancellationToken.")]
    public Task<IQueueAdapter> CreateAdapter() => CreateAdapter(CancellationToken.None);

    public Task<IQueueAdapter> CreateAdapter(CancellationToken cancellationToken)
    {
        _topology.Start();
        return Task.FromResult<IQueueAdapter>(new KafkaAdapter<T>(name, KafkaServices.Writer(services, name, () => codecFactory(services)), reads ? NewReceivers() : null));
    }

    public IQueueAdapterCache GetQueueAdapterCache() => _caches ?? throw new NotSupportedException($"Kafka stream provider '{name}' only publishes here.");

    public IStreamQueueMapper GetStreamQueueMapper() => new KafkaQueueMapper(() => _topology.Map);

    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new KafkaFailureHandler(Logger<KafkaFailureHandler>()));

    private Func<KafkaPartition, IQueueAdapterReceiver> NewReceivers()
    {
        var reader = services.GetRequiredKeyedService<KafkaReader>(name);
        var committer = services.GetRequiredKeyedService<KafkaCommitter>(name);
        var deadLetters = services.GetRequiredKeyedService<DeadLetterWriter>(name);
        return partition => new PartitionReceiver<T>(
            partition,
            _caches!.Take(partition.Queue),
            reader,
            committer,
            deadLetters,
            () => codecFactory(services),
            KafkaServices.Options(services, name),
            services.GetRequiredKeyedService<KafkaMeters>(name),
            KafkaServices.Time(services));
    }

    private ILogger Logger<TOwner>() => services.GetRequiredService<ILoggerFactory>().CreateLogger<TOwner>();
}
