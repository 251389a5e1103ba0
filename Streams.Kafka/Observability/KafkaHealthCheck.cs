using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>
/// Says how a provider is getting on. Failing when it does not reach its Kafka cluster; degraded when offsets cannot
/// be committed, dead letters not written, a consumer keeps failing or records were lost to retention. Asks nothing
/// itself: the provider is in touch all the time.
/// </summary>
public sealed class KafkaHealthCheck : IHealthCheck
{
    private readonly KafkaContact _contact;

    internal KafkaHealthCheck(KafkaContact contact) => _contact = contact;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (_contact.Unreached is { } reason) return Task.FromResult(new HealthCheckResult(context.Registration.FailureStatus, "Kafka cannot be reached: " + reason));
        return Task.FromResult(_contact.Troubles is { Count: > 0 } troubles
            ? HealthCheckResult.Degraded("Kafka answers, but " + string.Join("; ", troubles))
            : HealthCheckResult.Healthy("Kafka answers."));
    }
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
