using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Alerts;
using OptiBid.Gateway.Tests.Api.Alerts;
using OptiBid.Gateway.Tests.Fakes;

namespace OptiBid.Gateway.Tests.Api.RealTime;

public sealed class AlertEventsTests
{
    private const string Path = "/api/v1/stream/real-time";

    [Fact]
    public async Task Stream_OfATrader_TellsHisAlertsAtOnceWhateverTheRate()
    {
        // The clock stands still: no price is due before it moves.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var host = await AlertHost.StartAsync(clock: clock);
        using var http = As(host, "ann", "trader");
        using var events = await SseReader.OpenAsync(http, Path + "?zone=ERCOT&max_rate_hz=0.1");
        var snapshot = await events.ReadAsync();
        Assert.Equal("snapshot", snapshot.Name);

        host.Gateway.Feed.Push(MemoryAlertRules.Alert("of bob", AlertHost.UserOf("bob")), MemoryAlertRules.Alert("one", AlertHost.UserOf("ann")), MemoryAlertRules.Alert("two", AlertHost.UserOf("ann")));

        var ids = new List<string>();
        while (ids.Count < 2)
        {
            var told = await events.ReadAsync();
            Assert.Equal(("alerts", null), (told.Name, told.Id));
            ids.AddRange(JsonNode.Parse(told.Data)!.AsArray().Select(static alert => (string)alert!["id"]!));
        }

        Assert.Equal(["one", "two"], ids);
    }

    [Fact]
    public async Task Stream_ResumedAfterAlerts_StartsWithTheSnapshotAsBefore()
    {
        await using var host = await AlertHost.StartAsync();
        host.Gateway.Feed.Push(Ticks.Update("A", 5, 5));
        using var http = As(host, "ann", "trader");
        string id;
        using (var events = await SseReader.OpenAsync(http, Path))
        {
            id = (await events.ReadAsync()).Id!;
            host.Gateway.Feed.Push(MemoryAlertRules.Alert("one", AlertHost.UserOf("ann")));
            Assert.Equal("alerts", (await events.ReadAsync()).Name);
        }

        using var again = await SseReader.OpenAsync(http, Path, id);
        var snapshot = await again.ReadAsync();
        Assert.Equal("snapshot", snapshot.Name);
        Assert.Single(JsonNode.Parse(snapshot.Data)!.AsArray());
        host.Gateway.Feed.Push(MemoryAlertRules.Alert("two", AlertHost.UserOf("ann")));
        Assert.Equal("alerts", (await again.ReadAsync()).Name);
    }

    [Theory]
    [InlineData("ann", "viewer")]
    [InlineData(null, null)]
    public async Task Stream_BelowTrader_HasPricesAndNoAlerts(string? user, string? role)
    {
        await using var host = await AlertHost.StartAsync();
        using var http = As(host, user, role);
        using var events = await SseReader.OpenAsync(http, Path + "?max_rate_hz=20");
        Assert.Equal("snapshot", (await events.ReadAsync()).Name);

        host.Gateway.Feed.Push(MemoryAlertRules.Alert("one", AlertHost.UserOf("ann")), MemoryAlertRules.Alert("two", "anonymous"));
        host.Gateway.Feed.Push(Ticks.Update("A"));

        Assert.Equal("prices", (await events.ReadAsync()).Name);
        Assert.Equal(0, host.Gateway.Services.GetRequiredService<AlertListeners>().Count);
    }

    [Fact]
    public async Task Stream_Ended_ListensNoLonger()
    {
        await using var host = await AlertHost.StartAsync();
        var listeners = host.Gateway.Services.GetRequiredService<AlertListeners>();
        using var http = As(host, "ann", "trader");
        using (var events = await SseReader.OpenAsync(http, Path + "?max_rate_hz=20"))
        {
            await events.ReadAsync();
            Assert.Equal(1, listeners.Count);
        }

        await Eventually.TrueAsync(() => listeners.Count == 0, "gone");
    }

    private static HttpClient As(AlertHost host, string? user, string? role)
    {
        var http = new HttpClient { BaseAddress = host.Gateway.Address };
        if (user is not null) http.DefaultRequestHeaders.Authorization = new("Bearer", AlertHost.Token(user, role));
        return http;
    }
}
