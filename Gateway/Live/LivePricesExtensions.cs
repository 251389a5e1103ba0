using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Gateway.Locations;

namespace OptiBid.Gateway.Live;

/// <summary>Adds the newest prices to the host.</summary>
internal static class LivePricesExtensions
{
    /// <summary>The table, what fills it, and the location catalog.</summary>
    public static IHostApplicationBuilder AddLivePrices(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.AddOptions<LiveOptions>().BindConfiguration(LiveOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>, LiveOptions.Validator>();

        services.AddSingleton<LiveInstruments>();
        services.AddSingleton<LocationCatalog>();
        services.AddSingleton<LocationResolver>();
        services.AddSingleton(static provider => new LivePrices(
            provider.GetRequiredService<LocationCatalog>(),
            provider.GetRequiredService<LiveInstruments>(),
            provider.GetRequiredService<IOptions<LiveOptions>>().Value.JournalCapacity));
        services.AddSingleton<Subscriptions>();

        services.TryAddSingleton<ILiveFeeds, ClusterLiveFeeds>();
        services.TryAddSingleton<ILocationPrices, GrainLocationPrices>();
        services.AddHosted<LiveFeedSubscriber>().AddHosted<NewestPricesLoader>().AddHosted<LocationCatalogLoader>();
        return builder;
    }

    private static IServiceCollection AddHosted<T>(this IServiceCollection services) where T : class, IHostedService =>
        services.AddSingleton<T>().AddHostedService(static provider => provider.GetRequiredService<T>());
}
