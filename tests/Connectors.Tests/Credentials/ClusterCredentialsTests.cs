using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using Orleans.TestingHost;

namespace OptiBid.Connectors.Tests.Credentials;

/// <summary>A gateway beside two silos of a cluster, one of which has a market's key in its configuration.</summary>
public sealed class ClusterCredentialsTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetAsync_ByAGateway_IsInForceOnEverySiloAtOnce()
    {
        using var rings = new KeyRings();
        var (_, folder) = rings.Folder();
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((options, silo) => silo.Services.AddSingleton<IProtectedValues>(store)
            .AddConnectorOptions(Configuration(("KeyRing:Folder", folder), ("Connectors:PJM:ApiKey", options.SiloName.EndsWith('0') ? "configured" : "")), isDevelopment: false)
            .AddStoredCredentials(Configuration(("KeyRing:Folder", folder))));
        builder.ConfigureClient(client => client.Services.AddSingleton<IProtectedValues>(store).AddCredentialVault(Configuration(("KeyRing:Folder", folder))));
        await using var cluster = builder.Build();
        await cluster.DeployAsync(Cancel);
        var vault = cluster.Client.ServiceProvider.GetRequiredService<CredentialVault>();
        Assert.Equal(CredentialSource.Configuration, (await vault.DescribeAsync(MarketZone.PJM, Cancel)).ApiKey);

        await vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);

        Assert.All(cluster.Silos, silo => Assert.Equal("stored", silo.ServiceProvider.GetRequiredService<IMarketCredentials>().Get(MarketZone.PJM).ApiKey));
        var description = await vault.DescribeAsync(MarketZone.PJM, Cancel);
        Assert.Equal((CredentialSource.Vault, CredentialSource.None), (description.ApiKey, description.Password));

        // The store has what the silos are not there to be told.
        await cluster.StopSilosAsync(Cancel);
        await vault.SetAsync(MarketZone.PJM, new(ApiKey: "newer"), "bob", Cancel);
        description = await vault.DescribeAsync(MarketZone.PJM, Cancel);
        Assert.Equal((CredentialSource.Vault, CredentialSource.Unknown, "bob"), (description.ApiKey, description.Password, description.SetBy));
    }

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
}
