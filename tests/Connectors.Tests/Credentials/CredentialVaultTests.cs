using System.Text;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Credentials;

public sealed class CredentialVaultTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>, IAsyncLifetime
{
    private static readonly MarketCredentials Secrets = new("pjm-key-7f3a9c21", "desk@example.com", "correct-horse-battery");

    private readonly KeyRings _rings = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await store.ClearAsync();

    public ValueTask DisposeAsync()
    {
        _rings.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SetAsync_AtRest_NeitherSecretsNorTheirBase64CanBeRead()
    {
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());

        await gateway.Vault.SetAsync(MarketZone.PJM, Secrets, "ann", Cancel);

        var stored = Assert.Single(await store.ListAsync("", Cancel));
        var text = Encoding.UTF8.GetString(stored.Payload);
        foreach (var secret in new[] { Secrets.ApiKey!, Secrets.Username!, Secrets.Password! })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
            // Base64 of a text depends on where in three bytes it begins; the middle of each form is without its neighbours.
            for (var shift = 0; shift < 3; shift++)
            {
                var form = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string(' ', shift) + secret));
                Assert.DoesNotContain(form[4..^4], text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task DescribeAsync_SomeOfEach_SaysWhereEachPartIsFrom()
    {
        await using var silo = await CredentialProcess.SiloAsync(
            store, _rings.Folder(), ("Connectors:ERCOT:ApiKey", "configured"), ("Connectors:ERCOT:Username", "u"), ("Connectors:ERCOT:Password", "p"));
        await silo.Vault.SetAsync(MarketZone.ERCOT, new(ApiKey: "stored", Password: "new"), "ann\r\nforged line", Cancel);

        Assert.Equal(
            new CredentialDescription(
                MarketZone.ERCOT, CredentialSource.Vault, CredentialSource.Configuration, CredentialSource.Vault, "ann??forged line", silo.Clock.GetUtcNow(), IsReadable: true),
            await silo.Vault.DescribeAsync(MarketZone.ERCOT, Cancel));
        Assert.Equal(
            new CredentialDescription(MarketZone.PJM, CredentialSource.None, CredentialSource.None, CredentialSource.None, null, null, IsReadable: true),
            await silo.Vault.DescribeAsync(MarketZone.PJM, Cancel));
    }

    [Fact]
    public async Task SetAsync_NoKeyRingInACluster_IsRefusedAndSaysWhatToConfigure()
    {
        await using var silo = await CredentialProcess.SiloAsync(store, ("Connectors:PJM:ApiKey", "configured"));

        var error = await Assert.ThrowsAsync<KeyRingException>(() => silo.Vault.SetAsync(MarketZone.PJM, Secrets, "ann", Cancel));

        Assert.Contains("KeyRing:Folder", error.Message, StringComparison.Ordinal);
        Assert.Contains("KeyRing:Certificate:Path", error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListAsync("", Cancel));
        Assert.Equal("configured", silo[MarketZone.PJM].ApiKey);
        Assert.False(await silo.Vault.RemoveAsync(MarketZone.PJM, Cancel));
    }

    [Fact]
    public async Task SetAsync_TwoAtOnce_OneIsStoredWholeAndTheOtherIsTold()
    {
        await using var one = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        await using var other = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        using var both = new Barrier(2);
        store.Writers = both;

        Task[] sets =
        [
            one.Vault.SetAsync(MarketZone.PJM, new("key-of-one", "one", "password-of-one"), "one", Cancel),
            other.Vault.SetAsync(MarketZone.PJM, new("key-of-other", "other", "password-of-other"), "other", Cancel),
        ];
        await Task.WhenAll(sets).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.IsType<ProtectedValueConflictException>(Assert.Single(sets, set => set.IsFaulted).Exception!.InnerException);
        var winner = sets[0].IsCompletedSuccessfully ? "one" : "other";
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder());
        Assert.Equal(new("key-of-" + winner, winner, "password-of-" + winner), silo[MarketZone.PJM]);
        Assert.Equal(winner, (await silo.Vault.DescribeAsync(MarketZone.PJM, Cancel)).SetBy);
    }

    [Theory]
    [InlineData(null, null, null, null)]
    [InlineData("  ", "", null, null)]
    [InlineData("key\nwith-a-line", null, null, "ApiKey")]
    [InlineData("schlüssel", null, null, "ApiKey")]
    [InlineData(null, "user\u0000", "p", "Username")]
    [InlineData(null, null, "pass\rword", "Password")]
    public async Task SetAsync_WhatNoCallCanCarry_IsRefusedWithoutQuotingIt(string? apiKey, string? username, string? password, string? part)
    {
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());

        var error = await Assert.ThrowsAsync<CredentialsRefusedException>(() => gateway.Vault.SetAsync(MarketZone.PJM, new(apiKey, username, password), "ann", Cancel));

        Assert.Equal(part, error.Part);
        if (part is not null) Assert.StartsWith(part, error.Message, StringComparison.Ordinal);
        foreach (var value in new[] { apiKey, username, password }.Where(value => value?.Trim().Length > 2)) Assert.DoesNotContain(value!, error.Message, StringComparison.Ordinal);
        Assert.Empty(await store.ListAsync("", Cancel));
    }

    [Fact]
    public async Task SetAsync_TooLong_IsRefused()
    {
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        await Assert.ThrowsAsync<CredentialsRefusedException>(
            () => gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: new string('k', CredentialCheck.Longest + 1)), "ann", Cancel));
        await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: new string('k', CredentialCheck.Longest)), "ann", Cancel);
    }

    [Fact]
    public void ToString_OfEverythingThatMayBeLogged_HoldsNoSecret()
    {
        object[] texts =
        [
            Secrets,
            new SealedCredentials("ann", default, CredentialParts.ApiKey, SealedCredentials.Plain(Secrets)),
            new KeyRingCertificate { Path = "ring.pfx", Password = Secrets.Password },
            new KeyRingOptions { Certificate = new() { Password = Secrets.Password } },
        ];
        Assert.All(texts, text => Assert.DoesNotContain(Secrets.Password!, text.ToString(), StringComparison.Ordinal));
        Assert.All(texts, text => Assert.DoesNotContain(Secrets.ApiKey!, text.ToString(), StringComparison.Ordinal));
    }
}
