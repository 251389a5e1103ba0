using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Streams;
using OptiBid.Grains.Validation;
using OptiBid.Grains.Zones;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains;

/// <summary>Adds the price actors to a host.</summary>
public static class PriceGrainsExtensions
{
    /// <summary>Grain storage of the users' alert rules and what they have fired.</summary>
    public const string AlertStorage = AlertBoardGrain.StorageName;

    /// <summary>
    /// What the actors need beside Orleans. Call it before the silo is added, so that the silo stops first and
    /// the last states still find their way out.
    /// </summary>
    public static IServiceCollection AddPriceGrains(this IServiceCollection services)
    {
        services.AddOptions<MarketRulesOptions>().BindConfiguration(MarketRulesOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MarketRulesOptions>, MarketRulesOptions.Validator>();
        services.AddOptions<QualityOptions>().BindConfiguration(QualityOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<QualityOptions>, QualityOptions.Validator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<GrainInstruments>();
        services.AddSingleton<MarketRules>();
        services.AddSingleton<LocationLimit>();
        services.AddSingleton<ActiveLocations>();
        services.AddSingleton<GatewayListeners>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<WrittenPrices>();
        services.AddHostedService<HistoryTeller>();
        services.AddSingleton<ZoneTallies>();
        services.AddSingleton<QualityOutbox>();
        services.AddSingleton<LocationFindings>();
        services.AddSingleton<AlertWatch>();
        services.AddSingleton<AlertPost>();
        services.AddTransient<LocationTurns>();
        services.AddSingleton<LocationRestorer>().AddHostedService(provider => provider.GetRequiredService<LocationRestorer>());
        services.AddSingleton<LocationStateFlusher>().AddHostedService(provider => provider.GetRequiredService<LocationStateFlusher>());
        return services;
    }

    /// <summary>
    /// Has this silo's counts told to the zones, and its findings to the world. Needs the history and Kafka; call it before the silo
    /// is added, so that what was found last still finds its way out.
    /// </summary>
    public static IServiceCollection AddZoneQuality(this IServiceCollection services)
    {
        services.AddSingleton<ZoneInstruments>();
        services.AddHostedService<QualityTeller>();
        services.AddSingleton<ZoneReporter>().AddHostedService(static provider => provider.GetRequiredService<ZoneReporter>());
        return services;
    }

    /// <summary>
    /// Has prices looked at with the users' rules of alerts. Needs grain storage named <see cref="AlertStorage"/>, Kafka and
    /// <see cref="IAlertWebhooks"/>; call it after the silo is added, whose grains it asks.
    /// </summary>
    public static IServiceCollection AddPriceAlerts(this IServiceCollection services) =>
        services.AddHostedService(static provider => provider.GetRequiredService<AlertWatch>());

    /// <summary>What the actors need inside Orleans.</summary>
    public static ISiloBuilder AddPriceGrains(this ISiloBuilder silo) =>
        silo.AddPlacementDirector<OnNamedSilo, OnNamedSiloDirector>();

    /// <summary>A codec for one reader or writer of prices.</summary>
    public static IKafkaCodec<PriceTick> CreatePriceCodec(this IServiceProvider services) =>
        new CountedCodec(
            new PriceTickCodec(services.GetRequiredService<MarketRules>(), services.GetRequiredService<LocationLimit>()), services.GetRequiredService<ZoneTallies>());
}
