using Microsoft.Playwright;

namespace OptiBid.Browser.Tests;

/// <summary>A gateway as it is on its first run, and a browser beside it.</summary>
public sealed class RunningGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("optibid-browser-");
    private ProductProcess.ProductProcess? _process;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Uri Address => _process?.Address ?? throw new InvalidOperationException("The gateway does not run.");

    /// <summary>What the gateway printed, for a failed test's message.</summary>
    public string Output => _process?.Output ?? "";

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        await StartAsync(null);
    }

    /// <summary>Opens a page of its own.</summary>
    /// <param name="width">Of the window, pixels.</param>
    public async Task<Screen> OpenAsync(int width = 1400)
    {
        if (Chromium.Path is null && Environment.GetEnvironmentVariable("CI") != "true")
            Assert.Skip("No Chromium on this machine (apt-get install chromium).");
        Assert.NotNull(_browser);
        Assert.False(_process is null || _process.HasExited, $"The gateway has ended:\n{Output}");
        return await Screen.OpenAsync(_browser, Address, width);
    }

    /// <summary>kill -9, and a new start at the same address with the same data.</summary>
    public async Task RestartAsync(Func<Task> whileAway)
    {
        var address = Address;
        await _process!.DisposeAsync();
        _process = null;
        try
        {
            await whileAway();
        }
        finally
        {
            await StartAsync(address);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task StartAsync(Uri? address)
    {
        _process = ProductProcess.ProductProcess.Start(
            "Gateway",
            new Dictionary<string, string>
            {
                ["DOTNET_ENVIRONMENT"] = "Development",
                ["ASPNETCORE_ENVIRONMENT"] = "Development",
                ["Data__Directory"] = _data.FullName,
            },
            address);
        await _process.WaitUntilReadyAsync(CancellationToken.None);
    }
}
