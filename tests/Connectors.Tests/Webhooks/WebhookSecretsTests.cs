using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Tests.Credentials;
using OptiBid.Connectors.Webhooks;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Webhooks;

public sealed class WebhookSecretsTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>, IAsyncLifetime
{
    private readonly KeyRings _rings = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.ClearAsync();

    public ValueTask DisposeAsync()
    {
        _rings.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MakeSecret_Sealed_CannotBeReadAndIsOpenedByAnotherSilo()
    {
        await using var one = new WebhookHost(store, static _ => [], _rings.Folder());
        await using var other = new WebhookHost(store, static _ => [], _rings.Folder());

        var (secret, sealedSecret) = await one.Webhooks.MakeSecretAsync();

        Assert.DoesNotContain(secret[6..], sealedSecret, StringComparison.Ordinal);
        Assert.DoesNotContain(secret[6..], Encoding.Latin1.GetString(Convert.FromBase64String(sealedSecret)), StringComparison.Ordinal);
        Assert.Equal(secret, (await Secrets(other).OpenAsync(sealedSecret, Cancel)).Text);
    }

    [Fact]
    public async Task MakeSecret_KeysInTheDatabase_AreKeptThere()
    {
        await using var one = new WebhookHost(store, static _ => [], _rings.Certificate());
        await using var other = new WebhookHost(store, static _ => [], _rings.Certificate());

        var (secret, sealedSecret) = await one.Webhooks.MakeSecretAsync();

        Assert.Equal(secret, (await Secrets(other).OpenAsync(sealedSecret, Cancel)).Text);
        store.IsAway = true;
        Assert.Equal(secret, (await Secrets(other).OpenAsync(sealedSecret, Cancel)).Text);
        Assert.Contains("Try again", (await Assert.ThrowsAsync<AlertRuleRefusedException>(one.Webhooks.MakeSecretAsync)).Message, StringComparison.Ordinal);
        await using var late = new WebhookHost(store, static _ => [], _rings.Certificate());
        Assert.Equal("the secret could not be read at the moment", await late.Webhooks.TryPostAsync(new("https://example.com/"), sealedSecret, WebhookHost.Alert, Cancel));
    }

    [Fact]
    public async Task MakeSecret_NoKeyRing_IsRefusedAndSaysWhatToSet()
    {
        await using var host = new WebhookHost(store, static _ => []);

        var refusal = await Assert.ThrowsAsync<AlertRuleRefusedException>(host.Webhooks.MakeSecretAsync);

        Assert.False(refusal.IsUnknown);
        Assert.Contains("KeyRing:Folder", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("KeyRing:Certificate:Path", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TryPost_KeysLost_SaysWhatToDo()
    {
        await using var one = new WebhookHost(store, static _ => [], _rings.Folder());
        await using var other = new WebhookHost(store, static _ => [], _rings.Folder("other"));
        var (_, sealedSecret) = await one.Webhooks.MakeSecretAsync();
        _ = await other.Webhooks.MakeSecretAsync();

        foreach (var text in (string[])[sealedSecret, "no base64", "AAAA", ""])
            Assert.Contains("set it again", await other.Webhooks.TryPostAsync(new("https://example.com/"), text, WebhookHost.Alert, Cancel), StringComparison.Ordinal);
        Assert.Empty(other.LookedUp);
    }

    [Theory]
    [InlineData("00:00:00.5")]
    [InlineData("00:01:01")]
    public void Options_TimeoutOutOfBounds_StopTheStart(string timeout)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Webhooks:Timeout"] = timeout }).Build();
        using var services = new ServiceCollection().AddWebhookOptions(configuration).BuildServiceProvider();

        Assert.Contains("Webhooks:Timeout", Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate()).Message, StringComparison.Ordinal);
    }

    private static WebhookSecrets Secrets(WebhookHost host) => host.Services.GetRequiredService<WebhookSecrets>();
}
