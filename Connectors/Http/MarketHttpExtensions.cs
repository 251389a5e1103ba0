using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;
using Polly;

namespace OptiBid.Connectors.Http;

/// <summary>Registers a zone's HTTP client: retry, circuit breaker and rate limit in that order, the time-out within.</summary>
internal static class MarketHttpExtensions
{
    /// <summary>A longer request to be left alone is not waited out inside a call: the poller comes back later.</summary>
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromSeconds(30);

    /// <summary>Name of a zone's HTTP client.</summary>
    public static string ClientName(MarketZone zone) => "market:" + zone.Name();

    /// <summary>Adds a zone's client.</summary>
    public static IServiceCollection AddMarketHttp(this IServiceCollection services, MarketZone zone)
    {
        services.AddKeyedSingleton<RateLimiter>(zone, (provider, _) => MarketRateLimit.Create(
            Options(provider, zone).CallsPerMinute ?? provider.GetServices<IMarketConnector>().FirstOrDefault(market => market.Zone == zone)?.CallsPerMinute ?? 30));
        services.AddKeyedSingleton(zone, (provider, _) => new MarketRest(provider.GetRequiredService<TimeProvider>()));

        var client = services.AddHttpClient(ClientName(zone), http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                // A redirect would carry the subscription key to wherever it points.
                AllowAutoRedirect = false,
                AutomaticDecompression = DecompressionMethods.All,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                UseCookies = false,
            })
            // The factory's loggers write each address twice; errors are told by the feed in its own words.
            .RemoveAllLoggers();

        client.AddResilienceHandler("retry", (pipeline, context) =>
        {
            var options = Options(context.ServiceProvider, zone);
            pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Math.Max(1, options.Retries),
                Delay = TimeSpan.FromSeconds(options.RetrySeconds),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldRetryAfterHeader = true,
                ShouldHandle = attempt => ValueTask.FromResult(options.Retries > 0
                    && HttpClientResiliencePredicates.IsTransient(attempt.Outcome)
                    && !(attempt.Outcome.Result is { } response && RetryAfter(response) > LongestRetryAfter)),
            });
            pipeline.AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
            {
                MinimumThroughput = 10,
                FailureRatio = 0.9,
                SamplingDuration = TimeSpan.FromMinutes(2),
                BreakDuration = TimeSpan.FromSeconds(15),
            });
            // A market has several hosts: one that fails takes no other with it.
        }).SelectPipelineByAuthority();
        client.AddHttpMessageHandler(provider => new RateLimitHandler(
            provider.GetRequiredKeyedService<RateLimiter>(zone), provider.GetRequiredKeyedService<MarketRest>(zone), provider.GetRequiredService<TimeProvider>()));
        client.AddResilienceHandler("attempt", (pipeline, context) =>
            pipeline.AddTimeout(TimeSpan.FromSeconds(Options(context.ServiceProvider, zone).TimeoutSeconds)));
        return services;
    }

    /// <summary>How long the market asks to be left alone.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when response.Headers.Date is { } sent && date > sent => date - sent,
        _ => null,
    };

    private static MarketHttpOptions Options(IServiceProvider services, MarketZone zone) =>
        services.GetRequiredService<IOptionsMonitor<ZoneConnectorOptions>>().Get(zone.Name()).Http;
}
