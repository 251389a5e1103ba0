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
    [InlineData("Gateway", "Unused", "Production without a way to authenticate", "Security:Authority")]
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
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
