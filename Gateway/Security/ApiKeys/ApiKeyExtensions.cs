using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.SignalR;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>Registers the way in by API key.</summary>
internal static class ApiKeyExtensions
{
    public static AuthenticationBuilder AddApiKeys(this AuthenticationBuilder authentication, SecurityOptions options)
    {
        authentication.AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.Name, displayName: null, configureOptions: null);
        var services = authentication.Services;
        services.AddSingleton<ApiKeyDirectory>();
        services.AddSingleton<ApiKeyUses>();
        services.Configure<HubOptions>(static hub => hub.AddFilter<KeyEndFilter>());
        if (!options.AcceptsKeys) return authentication;
        services.AddHostedService<ApiKeyRefresh>();
        services.AddHostedService(static provider => provider.GetRequiredService<ApiKeyUses>());
        return authentication;
    }
}
