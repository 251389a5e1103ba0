namespace OptiBid.Gateway.Tests.Security;

/// <summary>A gateway that wants a token, for the tests of what it says to callers without one.</summary>
public sealed class ProtectedGateway : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await AccessTests.StartAsync(AccessTests.Protected);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
