using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.PostgresFixture;
using OptiBid.ProductProcess;

namespace OptiBid.Cluster.Tests;

/// <summary>
/// Four markets break in every way there is, one way after another, while they publish and correct prices; in the middle, the silo
/// that reads ERCOT and its backfill is killed. In the end the history has what the markets published, that once, and nothing else.
/// A fault lasts until every market has been called under it; <c>OPTIBID_FAULT_SECONDS</c> sets how long at the least.
/// </summary>
public sealed class MarketFaultsTests
{
    /// <summary>Calls in any minute that serve lets in, and that the connectors are told to make; they stay a tenth below.</summary>
    private static readonly Dictionary<MarketZone, int> CallsPerMinute = new()
    {
        [MarketZone.PJM] = 600, [MarketZone.CAISO] = 300, [MarketZone.ERCOT] = 1200, [MarketZone.NYISO] = 600,
    };

    private static readonly Dictionary<MarketZone, string[]> Feeds = new()
    {
        [MarketZone.PJM] = ["rt_unverified_fivemin_lmps", "rt_fivemin_hrl_lmps", "rt_hrl_lmps", "da_hrl_lmps", "inst_load"],
        [MarketZone.CAISO] = ["PRC_INTVL_LMP", "PRC_RTPD_LMP", "PRC_LMP", "SLD_FCST_RTM"],
        [MarketZone.ERCOT] = ["np6-905-cd", "np6-788-cd", "np4-190-cd", "np4-197-m-spp", "np4-197-m-splmp", "np4-196-m-spp", "np3-560-cd", "supply-demand"],
        [MarketZone.NYISO] = ["realtime_zone", "realtime_gen", "rtlbmp_zone", "rtlbmp_gen", "damlbmp_zone", "damlbmp_gen", "pal"],
    };

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Fault =
        double.TryParse(Environment.GetEnvironmentVariable("OPTIBID_FAULT_SECONDS"), CultureInfo.InvariantCulture, out var seconds) && seconds > Short.TotalSeconds ? TimeSpan.FromSeconds(seconds) : Short;

    /// <summary>A feed that has failed for long waits up to a minute before it asks again.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private static readonly DateTimeOffset PastFrom = new(2026, 8, 1, 5, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset PastTo = PastFrom.AddDays(90);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_AllFaultsInTurnAndASiloKilled_HasWhatWasPublishedOnce()
    {
        Assert.SkipWhen(PostgresBinaries.WhySkip() is not null, PostgresBinaries.WhySkip() ?? "");
        await using var markets = await ServedMarkets.StartAsync(Cancel, [
            "--locations", "12", "--seed", "11", .. CallsPerMinute.SelectMany(limit => new[] { "--limit", $"{limit.Key}={limit.Value}/60" })]);
        await using var postgres = await PostgresServer.StartNewAsync();
        await using var deployment = await Deployment.StartAsync(await postgres.CreateDatabaseAsync(), silos: 2, Cancel, Settings(markets));
        var gateway = deployment.Gateway.Http;
        Tell("started");
        await HasEverythingAsync(markets, deployment, "before any fault");
        var reader = Assert.Single(deployment.Silos, silo => silo.Output.Contains("ercot:np4-190-cd:", StringComparison.Ordinal));
        var seen = await HistoryAsync(gateway, await PublishedAsync(markets));
        Tell("everything read");

        foreach (var fault in new[] { "too-many-requests", "server-error", "html", "truncated-zip" }) await BreakAsync(markets, fault);

        // Corrections of what was published a day or more ago.
        foreach (var feed in new[] { "da_hrl_lmps", "PRC_LMP", "12331", "damlbmp" }) await markets.FaultAsync(new { fault = "corrected", feed, reach = 90_000, share = 0.2, delay = 0.1, seconds = 0.2 }, Cancel);
        var moved = BreakAsync(markets, "moved-columns");
        await Task.Delay(Fault - Short, Cancel);
        var backfill = await gateway.BackfillAsync(MarketZone.ERCOT, "np4-190-cd", PastFrom, PastTo, Cancel);
        var before = (State: "", Progress: 0.0, Message: (string?)null);
        await Eventually.TrueAsync(
            async () => (before = await gateway.BackfillAsync(backfill, Cancel)).Progress > 0.02, Patience, () => $"the backfill stands at {before}", Cancel);
        Assert.Equal("RUNNING", before.State);
        var breaking = BreakAsync(markets, "truncated-body");
        await reader.KillAsync();
        Tell($"silo killed with the backfill at {before.Progress:P0}");
        var another = deployment.AddSiloAsync(Cancel);
        await Task.WhenAll(moved, breaking);
        await Eventually.TrueAsync(
            () => Task.FromResult(deployment.Silos.Any(silo => silo != reader && silo.Output.Contains("ercot:np4-190-cd:", StringComparison.Ordinal))),
            Patience, () => "nobody reads ERCOT:\n" + Output(deployment), Cancel);
        Tell("read on");
        await another;

        foreach (var fault in new[] { "slow", "late", "empty", "unavailable" }) await BreakAsync(markets, fault);
        await LoseAHostAsync(markets, gateway);
        Tell("hosts lost and back");

        await markets.MendAsync(Cancel);
        var published = await HasEverythingAsync(markets, deployment, "after all faults");
        Tell("everything read");
        var history = await HistoryAsync(gateway, published);
        Assert.Equal(history.Count, history.DistinctBy(row => row.Key).Count());
        Assert.Empty(new PriceLedger(await AllPublishedAsync(markets)).Unpublished(history));
        var corrected = published.CorrectedSince(seen);
        Assert.Equal(CallsPerMinute.Keys.Order(), corrected.Select(key => Enum.Parse<MarketZone>(key.Zone)).Distinct().Order());
        Assert.All(history.Where(row => corrected.Contains(row.Key)), row => Assert.True(row.Revision >= 2, $"{row} was corrected"));

        await HasThePastAsync(markets, gateway, backfill, before.Progress);
        await KeptTheLimitsAsync(markets);
        await ToldWhyAsync(gateway);
        Tell($"{published.Prices} prices in {published.Versions} versions published, {history.Count} in the history, {corrected.Count} of them corrected after they were read");
    }

    private static Dictionary<string, string> Settings(ServedMarkets markets)
    {
        // The calls of operators are open to all in development, and nowhere else.
        var settings = new Dictionary<string, string> { ["DOTNET_ENVIRONMENT"] = "Development", ["ASPNETCORE_ENVIRONMENT"] = "Development" };
        foreach (var (zone, calls) in CallsPerMinute)
        {
            foreach (var (key, value) in markets.Settings(zone, Feeds[zone])) settings[key] = value;
            foreach (var (key, value) in new[]
            {
                ("PollSeconds", "1"), ("RereadSeconds", "4"), ("Http__CallsPerMinute", $"{calls}"), ("Http__Retries", "1"), ("Http__RetrySeconds", "0.1"), ("Http__TimeoutSeconds", "2"),
            })
            {
                settings[$"Connectors__{zone}__{key}"] = value;
            }
        }

        return settings;
    }

    /// <summary>Breaks all markets in one way for a while, in which they correct what they published in the last quarter of an hour.</summary>
    private static async Task BreakAsync(ServedMarkets markets, string fault)
    {
        await markets.FaultAsync(new { fault = "corrected", reach = 900, share = 0.3, delay = Fault.TotalSeconds / 2, seconds = Fault.TotalSeconds }, Cancel);
        // Rows are late however long the fault is in force; the others have to meet a call, which connectors that were refused make seldom.
        double? seconds = fault == "late" ? Fault.TotalSeconds : null;
        var zones = CallsPerMinute.Keys.Where(zone => fault != "truncated-zip" || zone != MarketZone.PJM).Select(zone => zone.Name()).ToArray(); // PJM serves no zips.
        foreach (var zone in zones)
            await markets.FaultAsync(new { fault, zone, seconds, retry_after = fault == "too-many-requests" ? 1 : (int?)null, delay = fault == "late" ? 600 : 3, share = fault == "slow" ? 0.5 : 1 }, Cancel);
        await Task.Delay(Fault + TimeSpan.FromSeconds(0.5), Cancel);
        if (fault == "late") return;

        HashSet<string> met = [];
        await Eventually.TrueAsync(
            async () => (met = [.. (await markets.CallsAsync(Cancel)).Where(call => call.GetProperty("fault").GetString() == fault).Select(call => call.GetProperty("zone").GetString()!)]).IsSupersetOf(zones),
            Patience, () => $"{fault} has met no call but of {string.Join(", ", met)}", Cancel);
        await markets.EndAsync(fault, Cancel);
    }

    /// <summary>One of two hosts is away until the connectors have turned to the other.</summary>
    private static async Task LoseAHostAsync(ServedMarkets markets, HttpClient gateway)
    {
        await markets.FaultAsync(new { fault = "unavailable", zone = "ERCOT", host = "files" }, Cancel);
        foreach (var feed in new[] { "PRC_INTVL_LMP", "PRC_RTPD_LMP", "PRC_LMP", "SLD_FCST" }) await markets.FaultAsync(new { fault = "unavailable", zone = "CAISO", feed }, Cancel);
        await markets.FaultAsync(new { fault = "corrected", zone = "ERCOT", reach = 900, share = 0.3, delay = 0.5, seconds = Fault.TotalSeconds }, Cancel);
        Dictionary<string, string> ercot = [], caiso = [];
        await Eventually.TrueAsync(
            async () => (ercot = await gateway.SourcesAsync(MarketZone.ERCOT, Cancel)).GetValueOrDefault("ercot:np6-788-cd") == "api"
                && (caiso = await gateway.SourcesAsync(MarketZone.CAISO, Cancel)).GetValueOrDefault("caiso:SLD_FCST_RTM") == "outlook",
            Patience, () => $"read from {string.Join(", ", ercot.Concat(caiso))}", Cancel);
        await Task.Delay(Fault, Cancel);
    }

    /// <summary>Waits until the history has all that the markets had published when this was asked.</summary>
    private async Task<PriceLedger> HasEverythingAsync(ServedMarkets markets, Deployment deployment, string when)
    {
        var published = await PublishedAsync(markets);
        List<PublishedPrice> missing = [];
        await Eventually.TrueAsync(
            async () =>
            {
                missing = published.Missing(await HistoryAsync(deployment.Gateway.Http, published));
                if (missing.Count == 0) return true;
                // What has been published since is at times in the history already; then all of it has to be.
                published = await PublishedAsync(markets);
                return false;
            },
            Patience + 2 * Fault, () => $"{when}, {missing.Count} of {published.Prices} prices are missing:\n{string.Join('\n', missing.Take(20))}\n{Output(deployment)}", Cancel);
        return published;
    }

    /// <summary>What the connectors promise to read of the time before they started, and all since.</summary>
    private async Task<PriceLedger> PublishedAsync(ServedMarkets markets)
    {
        var (hour, day) = (_started.AddMinutes(-50), _started.AddHours(-22));
        return new PriceLedger([
            .. await markets.PublishedAsync(hour, _started.AddDays(1), "&price_type=REAL_TIME_5_MIN", Cancel),
            .. await markets.PublishedAsync(hour, _started.AddDays(1), "&price_type=REAL_TIME_15_MIN", Cancel),
            .. await markets.PublishedAsync(day, _started.AddDays(3), "&price_type=DAY_AHEAD_HOURLY", Cancel),
            .. await markets.PublishedAsync(day, _started.AddDays(1), "&price_type=REAL_TIME_HOURLY", Cancel)]);
    }

    private async Task<List<PublishedPrice>> AllPublishedAsync(ServedMarkets markets) =>
        [.. await markets.PublishedAsync(_started.AddDays(-6), _started.AddDays(3), "&price_type=DAY_AHEAD_HOURLY", Cancel),
         .. await markets.PublishedAsync(_started.AddDays(-6), _started.AddDays(3), "&price_type=REAL_TIME_HOURLY", Cancel),
         .. await markets.PublishedAsync(_started.AddDays(-4), _started.AddDays(1), "&price_type=REAL_TIME_5_MIN", Cancel),
         .. await markets.PublishedAsync(_started.AddDays(-4), _started.AddDays(1), "&price_type=REAL_TIME_15_MIN", Cancel)];

    private Task<List<HistoryPrice>> HistoryAsync(HttpClient gateway, PriceLedger published) => gateway.HistoryAsync(published.Places, _started.AddDays(-20), _started.AddDays(3), Cancel);

    /// <summary>The backfill that was cut short in its middle has ended, and nothing of its range is missing.</summary>
    private static async Task HasThePastAsync(ServedMarkets markets, HttpClient gateway, string backfill, double before)
    {
        Assert.InRange(before, 0.01, 0.99);
        var job = (State: "", Progress: 0.0, Message: (string?)null);
        await Eventually.TrueAsync(async () => (job = await gateway.BackfillAsync(backfill, Cancel)).State == "DONE", Patience, () => $"the backfill stands at {job}", Cancel);
        var past = new PriceLedger(await markets.PublishedAsync(PastFrom, PastTo, "&zone=ERCOT&price_type=DAY_AHEAD_HOURLY", Cancel));
        List<HistoryPrice> history = [];
        await Eventually.TrueAsync(
            async () => past.Missing(history = await gateway.HistoryAsync(past.Places, PastFrom, PastTo, Cancel)).Count == 0,
            Patience, () => $"{past.Missing(history).Count} of {past.Prices} prices of the past are missing", Cancel);
        Assert.Equal(past.Prices, history.Count);
        Assert.Empty(past.Unpublished(history));
        TestContext.Current.TestOutputHelper?.WriteLine($"backfill: {history.Count} prices, cut short at {before:P0}");
    }

    /// <summary>No call came too soon: no market refused one that no fault had struck.</summary>
    private static async Task KeptTheLimitsAsync(ServedMarkets markets)
    {
        var calls = await markets.CallsAsync(Cancel);
        Assert.DoesNotContain(calls, call => call.GetProperty("status").GetInt32() == 429 && call.GetProperty("fault").ValueKind == JsonValueKind.Null);
        foreach (var (zone, most) in CallsPerMinute)
        {
            var summary = await markets.SummaryAsync(zone, Cancel);
            Assert.InRange(summary.GetProperty("most_calls_in_60_seconds").GetInt32(), 1, most);
            TestContext.Current.TestOutputHelper?.WriteLine(summary.GetRawText());
            var faults = calls.Where(call => call.GetProperty("zone").GetString() == zone.Name()).Select(call => call.GetProperty("fault").GetString()).ToHashSet();
            foreach (var fault in new[] { "too-many-requests", "server-error", "html", "moved-columns", "truncated-body", "slow", "empty", "unavailable" }) Assert.Contains(fault, faults);
        }
    }

    /// <summary>The log of fetches has what went wrong in words, and which source stood in.</summary>
    private static async Task ToldWhyAsync(HttpClient gateway)
    {
        foreach (var zone in CallsPerMinute.Keys)
        {
            string[] reasons = [];
            await Eventually.TrueAsync(
                async () =>
                {
                    reasons = [.. (await gateway.IngestionsAsync(zone, "&outcome=FAILED", Cancel)).Concat(await gateway.IngestionsAsync(zone, "&outcome=PARTIAL", Cancel)).Select(row => row.GetProperty("message").GetString()!)];
                    return reasons.Any(reason => reason.Contains("HTTP 429", StringComparison.Ordinal)) && reasons.Any(reason => reason.Contains("HTTP 500", StringComparison.Ordinal));
                },
                Patience, () => $"{zone}: {string.Join('\n', reasons.Distinct())}", Cancel);
            TestContext.Current.TestOutputHelper?.WriteLine($"{zone}:\n  " + string.Join("\n  ", reasons.GroupBy(reason => reason).Select(group => $"{group.Count()} x {group.Key}")));
        }

        foreach (var (zone, feed, source) in new[] { (MarketZone.ERCOT, "ercot:np6-788-cd", "api"), (MarketZone.CAISO, "caiso:SLD_FCST_RTM", "outlook") })
        {
            var stoodIn = (await gateway.IngestionsAsync(zone, $"&feed={feed}", Cancel)).Where(row => row.GetProperty("source").GetString() == source).ToArray();
            Assert.Contains(stoodIn, row => row.GetProperty("message").GetString()?.Contains($"read from {source} instead of", StringComparison.Ordinal) == true);
            TestContext.Current.TestOutputHelper?.WriteLine($"{feed}: {stoodIn.Length} fetches from {source}");
        }
    }

    private void Tell(string what) => TestContext.Current.TestOutputHelper?.WriteLine($"{_clock.Elapsed.TotalSeconds:F1} s: {what}");

    private static string Output(Deployment deployment) =>
        string.Join("\n---\n", deployment.Silos.Select(silo => string.Join('\n', silo.Output.Split('\n').TakeLast(60))));
}
