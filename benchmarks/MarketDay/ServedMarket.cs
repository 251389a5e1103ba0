using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Product = OptiBid.ProductProcess.ProductProcess;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>PJM on loopback, <c>Simulator serve</c>, in a process of its own, whose memory and processor time count for nobody.</summary>
internal sealed class ServedMarket : IDisposable
{
    private readonly Process _process;

    private ServedMarket(Process process, string address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
    }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>Starts one whose day-ahead prices are not out until <see cref="PublishAsync"/>.</summary>
    /// <param name="locations">Pnodes.</param>
    /// <param name="enforcesLimit">Whether it refuses a seventh call in a minute, as PJM does.</param>
    public static async Task<ServedMarket> StartAsync(int locations, bool enforcesLimit)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in (string[])[Product.Program("Simulator"), "serve", "--port", "0", "--zones", "PJM", "--locations", locations.ToString(CultureInfo.InvariantCulture), "--fault", "PJM/da_hrl_lmps:empty"])
            start.ArgumentList.Add(argument);
        if (enforcesLimit) start.ArgumentList.Add("--enforce-limits");
        var process = Process.Start(start) ?? throw new InvalidOperationException("The market did not start.");
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The market ended at once.");
        return new ServedMarket(process, line[(line.LastIndexOf(' ') + 1)..]);
    }

    /// <summary>From now on the prices are there.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken) =>
        (await Http.DeleteAsync("/_control/faults", cancellationToken)).EnsureSuccessStatusCode().Dispose();

    /// <summary>The calls made to it.</summary>
    public async Task<IReadOnlyList<MarketCall>> CallsAsync(CancellationToken cancellationToken)
    {
        await using var log = await Http.GetStreamAsync("/_control/log?zone=PJM", cancellationToken);
        return await JsonSerializer.DeserializeAsyncEnumerable<MarketCall>(log, topLevelValues: true, JsonSerializerOptions.Web, cancellationToken).Select(call => call!).ToListAsync(cancellationToken);
    }

    public void Dispose()
    {
        Http.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
