using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Caching;

/// <summary>Adds the cache of history answers to the host.</summary>
internal static class CachingExtensions
{
    public static IServiceCollection AddHistoryCache(this IServiceCollection services)
    {
        services.AddOptions<CacheOptions>().BindConfiguration(CacheOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CacheOptions>, CacheOptions.Validator>();
        services.AddSingleton<HistoryChanges>();
        services.AddSingleton<CacheInstruments>();
        services.AddSingleton<AnswerStore>();
        services.AddSingleton<AnswerCache>();
        return services;
    }
}
