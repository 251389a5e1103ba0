using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Configuration;
using OptiBid.History;
using OptiBid.History.Hosting;
using Orleans.Providers;
using Orleans.Serialization.Configuration;

namespace OptiBid.Connectors.Credentials;

/// <summary>Adds the market credentials that are set at run time. The host must have an <see cref="IProtectedValues"/>.</summary>
public static class CredentialExtensions
{
    /// <summary>Name of the key ring's folder under <c>Data:Directory</c>, beside an embedded history.</summary>
    public const string EmbeddedFolder = "keys";

    /// <summary><see cref="CredentialVault"/> and the key ring: for a process that administrators speak to.</summary>
    public static IServiceCollection AddCredentialVault(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KeyRingOptions>, KeyRingValidator>());
        services.AddOptions<KeyRingOptions>()
            .Bind(configuration.GetSection(KeyRingOptions.Section))
            .PostConfigure(options =>
            {
                options.ForgetBlanks();
                if (!options.IsConfigured && string.IsNullOrWhiteSpace(configuration.GetConnectionString(HistoryServices.ConnectionName)))
                    options.Folder = Path.Combine(configuration["Data:Directory"] is { Length: > 0 } directory ? directory : "./data", EmbeddedFolder);
            })
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KeyRing>();
        services.TryAddSingleton<ICredentialUsers, ClusterCredentials>();
        services.Configure<TypeManifestOptions>(types => types.AllowedTypes.Add(typeof(StoredCredentials).FullName!));
        services.TryAddSingleton(provider => new CredentialVault(
            provider.GetRequiredService<IProtectedValues>(), provider.GetRequiredService<KeyRing>(),
            provider.GetRequiredService<ICredentialUsers>(), provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Connectors use what the vault holds before what is configured: for a process that calls markets, before its connectors are added.</summary>
    public static IServiceCollection AddStoredCredentials(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<ConfiguredCredentials>();
        services.TryAddSingleton<StoredCredentials>();
        services.TryAddSingleton<IMarketCredentials>(provider => provider.GetRequiredService<StoredCredentials>());
        services.TryAddSingleton<ICredentialUsers>(provider => provider.GetRequiredService<StoredCredentials>());
        services.AddKeyedSingleton<IControllable>(StoredCredentials.ControlName, (provider, _) => provider.GetRequiredService<StoredCredentials>());
        return services.AddCredentialVault(configuration).AddHostedService(provider => provider.GetRequiredService<StoredCredentials>());
    }
}
