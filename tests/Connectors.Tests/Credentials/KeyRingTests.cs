using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Credentials;

public sealed class KeyRingTests(StoreUnderTest store) : IClassFixture<StoreUnderTest>, IAsyncLifetime
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
    public async Task Folder_MadeByOneProcess_IsItsOwnersAloneAndAnotherProcessDecrypts()
    {
        await using var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder());
        // It has looked while there was no key at all.
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder());

        await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "key"), "ann", Cancel);
        await silo.RefreshAsync();

        Assert.Equal("key", silo[MarketZone.PJM].ApiKey);
        var folder = _rings.PathOf("ring");
        Assert.Single(Directory.GetFiles(folder, "key-*.xml"));
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(folder)[0]));
    }

    [Fact]
    public async Task Database_KeysOfTwoProcesses_AreEncryptedByTheCertificateAndServeBoth()
    {
        await using var one = await CredentialProcess.GatewayAsync(store, _rings.Certificate());
        await using var other = await CredentialProcess.GatewayAsync(store, _rings.Certificate());
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Certificate());

        await Task.WhenAll(
            one.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "of-one"), "one", Cancel),
            other.Vault.SetAsync(MarketZone.ERCOT, new(ApiKey: "of-other"), "other", Cancel));
        await silo.RefreshAsync();

        Assert.Equal(("of-one", "of-other"), (silo[MarketZone.PJM].ApiKey, silo[MarketZone.ERCOT].ApiKey));
        var keys = await store.ListAsync("key-ring/", Cancel);
        Assert.NotEmpty(keys);
        Assert.All(keys, key =>
        {
            var xml = Encoding.UTF8.GetString(key.Payload);
            Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
            Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task WrongRing_IsToldOnceAndTheConfiguredOnesAreUsedUntilTheRightOneIsBack()
    {
        await using (var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder("right")))
            await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);
        await using (var stranger = await CredentialProcess.GatewayAsync(store, _rings.Folder("wrong")))
            await stranger.Vault.SetAsync(MarketZone.ERCOT, new(ApiKey: "stored"), "bob", Cancel);
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder("wrong"), ("Connectors:PJM:ApiKey", "configured"));
        await silo.RefreshAsync();

        Assert.Equal(("configured", "stored"), (silo[MarketZone.PJM].ApiKey, silo[MarketZone.ERCOT].ApiKey));
        var line = Assert.Single(silo.Log.Lines, line => line.Contains("cannot be decrypted", StringComparison.Ordinal));
        Assert.StartsWith("PJM credentials", line, StringComparison.Ordinal);
        Assert.Contains(_rings.PathOf("wrong"), line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        var description = await silo.Vault.DescribeAsync(MarketZone.PJM, Cancel);
        Assert.Equal((CredentialSource.Vault, "ann", false), (description.ApiKey, description.SetBy, description.IsReadable));

        foreach (var key in Directory.GetFiles(_rings.PathOf("right"))) File.Copy(key, Path.Combine(_rings.PathOf("wrong"), Path.GetFileName(key)));
        await silo.RefreshAsync();
        Assert.Equal("stored", silo[MarketZone.PJM].ApiKey);
    }

    [Fact]
    public async Task NoRing_InASiloAlone_IsToldAndTheConfiguredOnesAreUsed()
    {
        await using (var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder()))
            await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);

        await using var silo = await CredentialProcess.SiloAsync(store, ("Connectors:PJM:ApiKey", "configured"));

        Assert.Equal("configured", silo[MarketZone.PJM].ApiKey);
        Assert.Contains("KeyRing", Assert.Single(silo.Log.Lines, line => line.Contains("cannot be decrypted", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ZonesValue_PutInAnothersPlace_CannotBeDecrypted()
    {
        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder());
        await silo.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "pjm"), "ann", Cancel);

        await store.WriteAsync("credentials/ERCOT", (await store.FindAsync("credentials/PJM", Cancel))!.Payload, cancellationToken: Cancel);
        await silo.RefreshAsync();

        Assert.Equal(("pjm", null), (silo[MarketZone.PJM].ApiKey, silo[MarketZone.ERCOT].ApiKey));
    }

    [Fact]
    public async Task Certificate_Replaced_ReadsOldKeysWithThePreviousOneAndElseMakesNewOnes()
    {
        await using (var gateway = await CredentialProcess.GatewayAsync(store, _rings.Certificate("old.pfx")))
            await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "under-old"), "ann", Cancel);

        await using var forgetful = await CredentialProcess.GatewayAsync(store, _rings.Certificate("new.pfx"));
        await forgetful.Vault.SetAsync(MarketZone.ERCOT, new(ApiKey: "under-new"), "bob", Cancel);
        Assert.Equal(2, (await store.ListAsync("key-ring/", Cancel)).Count);
        Assert.False((await forgetful.Vault.DescribeAsync(MarketZone.PJM, Cancel)).IsReadable);

        await using var silo = await CredentialProcess.SiloAsync(
            store, [.. _rings.Certificate("new.pfx"), .. _rings.Certificate("old.pfx", "KeyRing:PreviousCertificates:0")]);
        Assert.Equal(("under-old", "under-new"), (silo[MarketZone.PJM].ApiKey, silo[MarketZone.ERCOT].ApiKey));
    }

    [Fact]
    public async Task UnprotectAsync_NoKeyThere_AddsNone()
    {
        await using (var gateway = await CredentialProcess.GatewayAsync(store, _rings.Folder("right")))
            await gateway.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "stored"), "ann", Cancel);

        await using var silo = await CredentialProcess.SiloAsync(store, _rings.Folder("empty"));

        Assert.Empty(Directory.GetFiles(_rings.PathOf("empty")));
        Assert.Single(silo.Log.Lines, line => line.Contains("cannot be decrypted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Folder_EmbeddedHistory_IsBesideIt()
    {
        await using var process = await CredentialProcess.SiloAsync(store, ("ConnectionStrings:History", ""), ("Data:Directory", _rings.PathOf("data")));
        await process.Vault.SetAsync(MarketZone.PJM, new(ApiKey: "key"), "ann", Cancel);
        Assert.Single(Directory.GetFiles(_rings.PathOf("data/keys")));
    }

    [Theory]
    [InlineData("KeyRing:Certificate:Path", "missing.pfx", "KeyRing:Certificate: the certificate")]
    [InlineData("KeyRing:Certificate:Password", "of-nothing", "KeyRing:Certificate:Path is missing")]
    [InlineData("KeyRing:PreviousCertificates:0:Password", "of-nothing", "KeyRing:PreviousCertificates:0:Path is missing")]
    [InlineData("KeyRing:Folder", "a-file/ring", "KeyRing:Folder: '")]
    public async Task Options_Wrong_StopTheStartWithOneLine(string key, string value, string expected)
    {
        await File.WriteAllTextAsync(_rings.PathOf("a-file"), "", Cancel);
        await using var process = await CredentialProcess.GatewayAsync(store, (key, key.EndsWith("Password", StringComparison.Ordinal) ? value : _rings.PathOf(value)));
        AssertRefused(process, expected);
    }

    [Fact]
    public async Task Certificate_WrongPassword_StopsTheStartWithoutQuotingIt()
    {
        await using var process = await CredentialProcess.GatewayAsync(
            store, ("KeyRing:Certificate:Path", _rings.CertificateFile("ring.pfx")), ("KeyRing:Certificate:Password", "not-the-password"));
        Assert.DoesNotContain("not-the-password", AssertRefused(process, "KeyRing:Certificate: the certificate"), StringComparison.Ordinal);
    }

    private static string AssertRefused(CredentialProcess process, string expected)
    {
        var start = process.Services.GetRequiredService<IStartupValidator>();
        var line = Assert.Single(Assert.Throws<OptionsValidationException>(start.Validate).Failures);
        Assert.StartsWith(expected, line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        return line;
    }
}
