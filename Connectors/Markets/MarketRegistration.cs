using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OptiBid.Connectors.Caiso;
using OptiBid.Connectors.Ercot;
using OptiBid.Connectors.Nyiso;
using OptiBid.Connectors.Pjm;

namespace OptiBid.Connectors.Markets;

/// <summary>The markets there are connectors for.</summary>
internal static class MarketRegistration
{
    /// <summary>Adds every market: a new one is a line here.</summary>
    public static IServiceCollection AddMarkets(this IServiceCollection services) => services
        .AddMarket<PjmMarket>()
        .AddMarket<CaisoMarket>()
        .AddMarket<ErcotMarket>()
        .AddMarket<NyisoMarket>();

    /// <summary>Adds one market.</summary>
    public static IServiceCollection AddMarket<TMarket>(this IServiceCollection services)
        where TMarket : class, IMarketConnector
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMarketConnector, TMarket>());
        return services;
    }
}
