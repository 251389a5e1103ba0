using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Topology;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>Adds Kafka stream providers.</summary>
public static class KafkaStreamsHostingExtensions
{
    /// <summary>
    /// Adds a provider that reads the partitions of its topics, shared evenly among the cluster's silos, and
    /// publishes. Each partition is a stream of <see cref="Reading.KafkaBatch{T}"/> for the one grain type that
    /// subscribes to its topic implicitly; that grain says with <see cref="Commits.IKafkaCommitter"/>, keyed by
    /// <paramref name="name"/> in the services, what is durable.
    /// </summary>
    /// <typeparam name="T">What records are to the application.</typeparam>
    /// <param name="builder">The silo.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Sets its options; more can be set on <see cref="KafkaStreamOptions"/> of the same name.</param>
    /// <param name="codecFactory">Makes a codec, one for each partition read and each concurrent write.</param>
    public static ISiloBuilder AddKafkaStreams<T>(this ISiloBuilder builder, string name, Action<KafkaStreamOptions> configure, Func<IServiceProvider, IKafkaCodec<T>> codecFactory)
    {
        builder.Services.AddKafkaPublishing(name, configure, reads: true).AddKafkaReading(name, codecFactory);
        builder.AddPersistentStreams(
            name,
            (services, _) => new KafkaAdapterFactory<T>(services, name, codecFactory, reads: true),
            streams =>
            {
                streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly);
                streams.ConfigurePullingAgent(agent => agent.Configure<IOptionsMonitor<KafkaStreamOptions>>((options, kafka) =>
                {
                    options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(10);
                    options.BatchContainerBatchSize = 1;
                    options.MaxEventDeliveryTime = kafka.Get(name).MaxDeliveryTime;
                }));
                streams.ConfigurePartitionBalancing((services, _) => new PartitionQueueBalancer(
                    services.GetRequiredKeyedService<KafkaTopology>(name),
                    services,
                    services.GetRequiredService<ILoggerFactory>().CreateLogger<PartitionQueueBalancer>()));
                streams.ConfigureBackoffProvider((_, _) => new DeliveryBackoff());
            });
        return builder;
    }

    /// <summary>Adds a provider that publishes only.</summary>
    /// <typeparam name="T">What records are to the application.</typeparam>
    /// <param name="builder">The client.</param>
    /// <param name="name">The provider's name.</param>
    /// <param name="configure">Sets its options; those about reading are not used.</param>
    /// <param name="codecFactory">Makes a codec, one for each concurrent write.</param>
    public static IClientBuilder AddKafkaStreams<T>(this IClientBuilder builder, string name, Action<KafkaStreamOptions> configure, Func<IServiceProvider, IKafkaCodec<T>> codecFactory)
    {
        builder.Services.AddKafkaPublishing(name, configure, reads: false);
        return builder.AddPersistentStreams(
            name,
            (services, _) => new KafkaAdapterFactory<T>(services, name, codecFactory, reads: false),
            streams => streams.ConfigureStreamPubSub(StreamPubSubType.ImplicitOnly));
    }
}
