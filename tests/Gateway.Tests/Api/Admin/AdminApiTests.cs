using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Tests.Api.Admin;

/// <summary>One gateway for all of them: none changes what another reads.</summary>
public sealed class AdminApiTests(AdminApiTests.Fixture fixture) : IClassFixture<AdminApiTests.Fixture>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);

    private readonly GatewayHost _gateway = fixture.Gateway;
    private readonly MemoryConnectors _connectors = fixture.Connectors;

    public sealed class Fixture : IAsyncLifetime
    {
        internal MemoryConnectors Connectors { get; } = new();

        internal GatewayHost Gateway { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Gateway = await GatewayHost.StartAsync(clock: new FakeTimeProvider(Now), services: services =>
            services.AddSingleton<IZoneConnectors>(Connectors).AddSingleton<IIngestionLog>(Connectors));

        public ValueTask DisposeAsync() => Gateway.DisposeAsync();
    }

    [Fact]
    public async Task Connectors_ThoseThatRead_AreListedWithTheStateOfEachFeed()
    {
        _connectors.Feed = new()
        {
            Feed = "pjm:rt_hrl_lmps", LastError = "pjm:rt_hrl_lmps: HTTP 503", Failures = 2, ReadThrough = Now.AddMinutes(-27), Rows = new(9, 5, 1, 2, 1),
        };

        var items = (await _gateway.GetAsync("/api/v1/admin/connectors"))["items"]!.AsArray();

        var connector = Assert.Single(items)!;
        var feed = Assert.Single(connector["feeds"]!.AsArray())!;
        Assert.Equal(("PJM", 83_100.0), ((string)connector["market_zone"]!, (double)connector["load"]!));
        Assert.Equal(("pjm:rt_hrl_lmps: HTTP 503", 2, 1620.0), ((string)feed["last_error"]!, (int)feed["failures_in_a_row"]!, (double)feed["lag_seconds"]!));
        Assert.Equal("""{"read":9,"accepted":5,"revised":1,"duplicate":2,"rejected":1}""", feed["rows"]!.ToJsonString());

        Assert.Empty((await _gateway.GetAsync("/api/v1/admin/connectors/MISO"))["feeds"]!.AsArray());
        Assert.Equal("zone", (string)(await _gateway.GetAsync("/api/v1/admin/connectors/NOWHERE", 400))["field"]!);
    }

    [Fact]
    public async Task Ingestions_OfAnInterval_AreAskedForAndShown()
    {
        _connectors.Records.Add(new()
        {
            Zone = MarketZone.PJM, Feed = "pjm:rt_hrl_lmps", StartedAt = Now, Duration = TimeSpan.FromSeconds(61.2), Reason = IngestionReason.Poll,
            Outcome = IngestionOutcome.Failed, Message = "HTTP 503",
        });

        var answer = await _gateway.GetAsync("/api/v1/admin/connectors/PJM/ingestions?covering=2026-11-22T14:35:00Z&outcome=failed&limit=5");

        var item = Assert.Single(answer["items"]!.AsArray())!;
        Assert.Equal(("POLL", "FAILED", "HTTP 503", 61.2), ((string)item["reason"]!, (string)item["outcome"]!, (string)item["message"]!, (double)item["duration_seconds"]!));
        Assert.Equal(
            (MarketZone.PJM, Now.Date.AddHours(14).AddMinutes(35), IngestionOutcome.Failed, 5),
            (_connectors.Asked!.Zone, _connectors.Asked.Covering!.Value.UtcDateTime, _connectors.Asked.Outcome, _connectors.Asked.Limit));
        Assert.Equal("outcome", (string)(await _gateway.GetAsync("/api/v1/admin/connectors/PJM/ingestions?outcome=maybe", 400))["field"]!);
    }

    [Fact]
    public async Task Pause_AndResume_AreShownWithWhoWantedIt()
    {
        var paused = await _gateway.PostAsync("/api/v1/admin/connectors/PJM/pause", new { });
        Assert.NotNull(paused["paused"]!["by"]);
        Assert.Equal("1970-01-01T00:00:00Z", (string)paused["paused"]!["since"]!);

        Assert.Null((await _gateway.PostAsync("/api/v1/admin/connectors/PJM/resume", new { }))["paused"]);
        Assert.Equal("zone", (string)(await _gateway.PostAsync("/api/v1/admin/connectors/MARS/pause", new { }, 400))["field"]!);
    }
}
