namespace OptiBid.Cluster.Tests;

/// <summary>A wrong value stops the start with a line that names it.</summary>
public sealed class BadConfigurationTests
{
    [Theory]
    [InlineData("Silo", "Kafka__PartitionsPerZone", "0", "Kafka:PartitionsPerZone")]
    [InlineData("Silo", "Silo__SiloPort", "99999", "Silo:SiloPort")]
    [InlineData("Silo", "Silo__AdvertisedIP", "silo-1", "Silo:AdvertisedIP")]
    [InlineData("Silo", "Markets__Bounds__MARS__Cap", "5", "MARS")]
    [InlineData("Silo", "ConnectionStrings__History", "Host=127.0.0.1;Port=1;Username=x", "Kafka:BootstrapServers")]
    [InlineData("Silo", "Silo__Embedded", "perhaps", "Silo:Embedded")]
    [InlineData("Silo", "ConnectionStrings__History", "Hots=db", "ConnectionStrings:History")]
    [InlineData("Silo", "KeyRing__Certificate__Path", "/none/ring.pfx", "KeyRing:Certificate: the certificate /none/ring.pfx")]
    [InlineData("Gateway", "Unused", "Production without a way to authenticate", "Security:Authority")]
    [InlineData("Gateway", "Security__AllowAnonymous", "yes", "Security:AllowAnonymous")]
    public async Task Start_WrongValue_StopsWithALineThatNamesIt(string project, string key, string value, string named)
    {
        var data = Directory.CreateTempSubdirectory("optibid-");
        try
        {
            await using var process = ProductProcess.ProductProcess.Start(project, new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = "Production",
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Data__Directory"] = data.FullName,
                [key] = value,
            });

            await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

            Assert.NotEqual(0, process.ExitCode);
            Assert.Contains(named, process.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Start_DirectoryOrAddressOfAnother_StopsWithALineThatSaysSo()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("optibid-");
        var other = Directory.CreateTempSubdirectory("optibid-");
        try
        {
            await using var first = ProductProcess.ProductProcess.Start("Gateway", Settings(data));
            await first.WaitUntilReadyAsync(cancellation);

            await using var sameFile = ProductProcess.ProductProcess.Start("Gateway", Settings(data));
            await using var sameAddress = ProductProcess.ProductProcess.Start("Gateway", Settings(other), first.Address);
            await StopsWithAsync(sameFile, "Another process holds the history file");
            Assert.DoesNotContain("   at ", sameFile.Output, StringComparison.Ordinal);

            // By then it runs a silo, which may have something to say of being stopped in the middle.
            await StopsWithAsync(sameAddress, "address already in use");
            Assert.DoesNotContain("AddressInUseException", sameAddress.Output, StringComparison.Ordinal);
        }
        finally
        {
            data.Delete(recursive: true);
            other.Delete(recursive: true);
        }

        Dictionary<string, string> Settings(DirectoryInfo directory) => new()
        {
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = directory.FullName,
            ["Connectors__PJM__Feed"] = "Off",
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
        };

        async Task StopsWithAsync(ProductProcess.ProductProcess process, string words)
        {
            await process.WaitForExitAsync(cancellation).WaitAsync(TimeSpan.FromSeconds(90), cancellation);
            Assert.Equal(1, process.ExitCode);
            Assert.Contains(words, process.Output, StringComparison.Ordinal);
        }
    }
}
