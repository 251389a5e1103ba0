using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;
using OptiBid.Streams.Kafka.Writing;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>The services of a provider, each keyed by its name.</summary>
internal static class KafkaServices
{
    /// <summary>What a silo and a client both need.</summary>
    public static IServiceCollection AddKafkaPublishing(this IServiceCollection services, string name, Action<KafkaStreamOptions> configure, bool reads)
    {
        services.AddOptions<KafkaStreamOptions>(name).Configure(configure);
        services.AddSingleton<IConfigurationValidator>(provider => new KafkaStreamOptionsValidator(name, Options(provider, name), reads));
        services.TryAddSingleton(TimeProvider.System);
        services.AddKeyedSingleton(name, (_, _) => new KafkaContact());
        services.AddKeyedSingleton(name, (provider, _) => new KafkaMeters(name, provider.GetService<IMeterFactory>()));
        services.AddKeyedSingleton(name, (provider, _) => new KafkaProducer(
            Options(provider, name),
            provider.GetRequiredKeyedService<KafkaContact>(name),
            Logger<KafkaProducer>(provider)));
        services.AddKeyedSingleton(name, (provider, _) => new KafkaTopology(
            name,
            Options(provider, name),
            new ClusterLook(provider.GetRequiredKeyedService<KafkaProducer>(name)),
            provider.GetRequiredKeyedService<KafkaContact>(name),
            Time(provider),
            Logger<KafkaTopology>(provider)));
        services.AddKeyedSingleton<IKafkaPublisher>(name, (provider, _) => new KafkaPublisher(
            Writer(provider, name, static () => new KafkaPublisher.AsIs())));
        return services;
    }

    /// <summary>What a silo needs besides.</summary>
    public static IServiceCollection AddKafkaReading<T>(this IServiceCollection services, string name, Func<IServiceProvider, IKafkaCodec<T>> codecFactory)
    {
        services.AddKeyedSingleton(name, (provider, _) => new KafkaReader(
            name,
            Options(provider, name),
            Silo(provider),
            provider.GetRequiredKeyedService<KafkaContact>(name),
            provider.GetRequiredKeyedService<KafkaMeters>(name),
            Time(provider),
            Logger<KafkaReader>(provider)));
        services.AddKeyedSingleton(name, (provider, _) => new KafkaCommitter(
            name,
            provider.GetRequiredKeyedService<KafkaReader>(name),
            Options(provider, name),
            Silo(provider),
            provider.GetRequiredKeyedService<KafkaContact>(name),
            provider.GetRequiredKeyedService<KafkaMeters>(name),
            Time(provider),
            Logger<KafkaCommitter>(provider)));
        services.AddKeyedSingleton<IKafkaCommitter>(name, (provider, _) => provider.GetRequiredKeyedService<KafkaCommitter>(name));
        services.AddKeyedSingleton(name, (provider, _) => new DeadLetterWriter(
            Options(provider, name).DeadLetterTopic,
            provider.GetRequiredKeyedService<KafkaProducer>(name),
            provider.GetRequiredKeyedService<KafkaContact>(name),
            provider.GetRequiredKeyedService<KafkaMeters>(name),
            Time(provider),
            Logger<DeadLetterWriter>(provider)));
        services.AddKeyedSingleton<IKafkaDeadLetters<T>>(name, (provider, _) => new ConsumersDeadLetters<T>(
            provider.GetRequiredKeyedService<DeadLetterWriter>(name),
            () => codecFactory(provider)));
        return services;
    }

    public static KafkaWriter<T> Writer<T>(IServiceProvider services, string name, Func<IKafkaCodec<T>> newCodec) => new(
        Options(services, name),
        services.GetRequiredKeyedService<KafkaProducer>(name),
        services.GetRequiredKeyedService<KafkaTopology>(name),
        newCodec,
        services.GetRequiredKeyedService<KafkaMeters>(name),
        Time(services));

    public static TimeProvider Time(IServiceProvider services) => services.GetRequiredService<TimeProvider>();

    public static KafkaStreamOptions Options(IServiceProvider services, string name) =>
        services.GetRequiredService<IOptionsMonitor<KafkaStreamOptions>>().Get(name);

    private static SiloAddress Silo(IServiceProvider services) => services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    private static ILogger Logger<TOwner>(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger<TOwner>();
}
