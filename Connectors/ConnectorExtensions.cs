using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Simulation;
using OptiBid.Connectors.Zones;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors;

/// <summary>Adds the market connectors to a silo.</summary>
public static class ConnectorExtensions
{
    /// <summary>
    /// Adds the connectors and starts those that are turned on. The silo must have the grain storage
    /// <c>connectors</c>, reminders, the stream provider <see cref="StreamNames.Provider"/> and the
    /// ports of the history.
    /// </summary>
    /// <param name="services">The silo's services.</param>
    /// <param name="configuration">Holds the section <c>Connectors</c>.</param>
    /// <param name="isDevelopment">Zones that say nothing are simulated in development and off elsewhere.</param>
    public static IServiceCollection AddConnectors(this IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        services.AddConnectorOptions(configuration, isDevelopment);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IMarketFeedCatalog, MarketFeedCatalog>();
        services.TryAddSingleton<IMarketCredentials, ConfiguredCredentials>();
        services.TryAddSingleton<ConnectorMeters>();
        foreach (var zone in MarketZones.All) services.AddMarketHttp(zone);
        services.AddSingleton<IngestionRecorder>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestionRecorder>());
        services.AddHostedService<ConnectorStarter>();
        return services;
    }

    /// <summary>Binds and validates <see cref="ZoneConnectorOptions"/> for every zone, named by the zone: for hosts that only ask about them.</summary>
    public static IServiceCollection AddConnectorOptions(this IServiceCollection services, IConfiguration configuration, bool isDevelopment)
    {
        services.AddMarkets();
        services.TryAddSingleton<MarketFeedNames>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ZoneConnectorOptions>, ZoneConnectorValidator>());
        var section = configuration.GetSection(ZoneConnectorOptions.Section);
        var names = MarketZones.All.Select(zone => zone.Name())
            .Concat(section.GetChildren().Select(child => child.Key))
            .Distinct(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            services.AddOptions<ZoneConnectorOptions>(name)
                .Configure(options => options.Feed = isDevelopment && MarketZones.TryParse(name, out var zone) && SimulatedFeeds.IsUsual(zone)
                    ? FeedMode.Simulator
                    : FeedMode.Off)
                .Bind(section.GetSection(name))
                .PostConfigure(options => options.ForgetBlanks())
                .ValidateOnStart();
        }

        return services;
    }
}
