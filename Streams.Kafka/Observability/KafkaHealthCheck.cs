using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>Says whether a provider reaches its Kafka cluster. Asks nothing itself: the provider is in touch all the time.</summary>
public sealed class KafkaHealthCheck : IHealthCheck
{
    private readonly KafkaContact _contact;

    internal KafkaHealthCheck(KafkaContact contact) => _contact = contact;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_contact.Trouble is { } trouble
            ? new HealthCheckResult(context.Registration.FailureStatus, "Kafka cannot be reached: " + trouble)
            : HealthCheckResult.Healthy("Kafka answers."));
}

/// <summary>Adds the check to an application's health checks.</summary>
public static class KafkaHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of the stream provider <paramref name="provider"/>.</summary>
    /// <param name="builder">The application's checks.</param>
    /// <param name="provider">Name of the stream provider.</param>
    /// <param name="tags">Tags to choose the check by.</param>
    public static IHealthChecksBuilder AddKafkaStreams(this IHealthChecksBuilder builder, string provider, params string[] tags) =>
        builder.Add(new HealthCheckRegistration(
            provider,
            services => new KafkaHealthCheck(services.GetRequiredKeyedService<KafkaContact>(provider)),
            failureStatus: null,
            tags));
}
