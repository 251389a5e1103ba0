using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using OptiBid.ProductProcess;
using Product = OptiBid.ProductProcess.ProductProcess;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>Runs one day: a market, a product that has never run before, a backfill asked for over REST.</summary>
internal static class DayRun
{
    private const string Feed = "da_hrl_lmps";
    private const string Written = "optibid_history_ticks_written";

    /// <summary>Between two looks at how far it is. The metrics count activations, so they are not asked before the backfill says it is done.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Measures one.</summary>
    /// <param name="locations">Pnodes.</param>
    /// <param name="callsPerMinute">The limit on calls.</param>
    /// <param name="history">Connection string of an empty PostgreSQL database; null for the embedded history.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<DayMeasurement> MeasureAsync(int locations, double callsPerMinute, string? history, CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("optibid-market-day-");
        try
        {
            using var market = await ServedMarket.StartAsync(locations, enforcesLimit: callsPerMinute <= 6);
            // A day that is over and that no poll asks for.
            var day = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date.AddDays(-14), TimeSpan.Zero);
            var truth = await DayTruth.ReadAsync(market.Http, day, cancellationToken);
            await using var product = Product.Start("Gateway", Settings(data.FullName, market, callsPerMinute, history));
            await product.WaitUntilReadyAsync(cancellationToken);
            await Eventually.TrueAsync(
                async () => (await market.CallsAsync(cancellationToken)).Any(), TimeSpan.FromMinutes(2), () => $"The product does not call the market:\n{product.Output}", cancellationToken);
            // Its first poll finds nothing, and nothing of its limit is used up when the day is asked for.
            await Task.Delay(MarketCall.Apart(callsPerMinute) + TimeSpan.FromSeconds(5), cancellationToken);
            await market.PublishAsync(cancellationToken);
            return await BackfillAsync(product, market, truth, day, callsPerMinute, cancellationToken);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<DayMeasurement> BackfillAsync(
        Product product, ServedMarket market, DayTruth truth, DateTimeOffset day, double callsPerMinute, CancellationToken cancellationToken)
    {
        var earlier = (await market.CallsAsync(cancellationToken)).Count;
        var before = ProcessCost.Of(product.Id);
        var clock = Stopwatch.StartNew();
        using (var answer = await product.Http.PostAsJsonAsync(
            "/api/v1/backfill/historical", new { zone = "PJM", feeds = new[] { Feed }, start = day, end = day.AddDays(1) }, cancellationToken))
        {
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"The backfill was refused: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        }

        while (await IsReadingAsync(product, cancellationToken)) await Task.Delay(Look, cancellationToken);
        long rows;
        while ((rows = await WrittenAsync(product, cancellationToken)) < truth.Rows)
        {
            if (product.HasExited || clock.Elapsed > Patience) throw new TimeoutException($"{rows:N0} of {truth.Rows:N0} rows are in the history after {clock.Elapsed}:\n{product.Output}");
            await Task.Delay(Look, cancellationToken);
        }

        var wall = clock.Elapsed;
        var after = ProcessCost.Of(product.Id);
        MarketCall[] calls = [.. (await market.CallsAsync(cancellationToken)).Skip(earlier)];
        return new DayMeasurement(
            rows, wall, MarketCall.Share(calls, MarketCall.Apart(callsPerMinute)), after.Cpu - before.Cpu, before.Peak, after.Peak,
            calls.Length, calls.Sum(call => call.Bytes), await truth.WrongAsync(product.Http, cancellationToken));
    }

    private static async Task<bool> IsReadingAsync(Product product, CancellationToken cancellationToken)
    {
        using var answer = await JsonDocument.ParseAsync(await product.Http.GetStreamAsync("/api/v1/backfill?zone=PJM", cancellationToken), cancellationToken: cancellationToken);
        var job = answer.RootElement.GetProperty("items")[0];
        return job.GetProperty("state").GetString() switch
        {
            "WAITING" or "RUNNING" => true,
            "DONE" => false,
            _ => throw new InvalidOperationException($"The backfill failed: {job}\n{product.Output}"),
        };
    }

    private static async Task<long> WrittenAsync(Product product, CancellationToken cancellationToken)
    {
        var metrics = await product.Http.GetStringAsync("/metrics", cancellationToken);
        var line = metrics.Split('\n').FirstOrDefault(line => line.StartsWith(Written, StringComparison.Ordinal));
        return line is null ? 0 : long.Parse(line[(line.LastIndexOf('}') + 1)..].Trim().Split(' ')[0], CultureInfo.InvariantCulture);
    }

    private static Dictionary<string, string> Settings(string data, ServedMarket market, double callsPerMinute, string? history)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["DOTNET_ENVIRONMENT"] = "Development",
            ["Data__Directory"] = data,
            ["Silo__Embedded"] = "true",
            ["Connectors__PJM__Feed"] = "Live",
            ["Connectors__PJM__BaseUrl"] = new Uri(market.Http.BaseAddress!, "/pjm/api/v1").ToString(),
            ["Connectors__PJM__Feeds__0"] = Feed,
            ["Connectors__PJM__PollSeconds"] = "86400",
            ["Connectors__PJM__Http__CallsPerMinute"] = callsPerMinute.ToString(CultureInfo.InvariantCulture),
            ["Connectors__CAISO__Feed"] = "Off",
            ["Connectors__ERCOT__Feed"] = "Off",
        };
        if (history is not null) settings["ConnectionStrings__History"] = history;
        return settings;
    }
}
