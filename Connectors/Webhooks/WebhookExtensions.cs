using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Webhooks;

/// <summary>Adds the posting of alerts to webhooks.</summary>
public static class WebhookExtensions
{
    /// <summary><see cref="IAlertWebhooks"/>, for a silo. The key ring must be there (<see cref="CredentialExtensions.AddCredentialVault"/>).</summary>
    public static IServiceCollection AddAlertWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<HostLookup>(static _ => Dns.GetHostAddressesAsync);
        services.TryAddSingleton<WebhookSecrets>();
        services.TryAddSingleton<IAlertWebhooks, AlertWebhooks>();
        return services.AddWebhookOptions(configuration);
    }

    /// <summary>Binds and validates <see cref="WebhookOptions"/>: for hosts that only check addresses.</summary>
    public static IServiceCollection AddWebhookOptions(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>());
        services.AddOptions<WebhookOptions>().Bind(configuration.GetSection(WebhookOptions.Section)).ValidateOnStart();
        return services;
    }
}
