using OptiBid.Gateway.Tests;

[assembly: AssemblyFixture(typeof(EmptyGateway))]

namespace OptiBid.Gateway.Tests;

/// <summary>A gateway that has no prices, for all tests of what it refuses and of what it says of itself; they leave it as it was.</summary>
public sealed class EmptyGateway : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
