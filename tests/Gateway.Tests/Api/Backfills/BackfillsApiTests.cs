using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Backfills;

public sealed class BackfillsApiTests : IAsyncLifetime
{
    private const string Path = "/api/v1/backfill";

    private static readonly string[] Feeds = ["rt_hrl_lmps", "da_hrl_lmps"];

    private readonly MemoryConnectors _connectors = new();
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() =>
        _gateway = await GatewayHost.StartAsync(services: services => services.AddSingleton<IZoneConnectors>(_connectors));

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Backfill_FromRequestToCancellation_IsOneOfAllItsFeeds()
    {
        using var accepted = await _gateway.Http.PostAsJsonAsync(Path + "/historical", Body(Feeds), TestContext.Current.CancellationToken);
        var job = await GatewayHost.ReadAsync(accepted, 202);
        Assert.Equal($"{Path}/{(string)job["id"]!}", accepted.Headers.Location!.OriginalString);
        Assert.Equal(("PJM", "WAITING", 0.0, 2), ((string)job["market_zone"]!, (string)job["state"]!, (double)job["progress"]!, job["feeds"]!.AsArray().Count));

        // One of the two feeds is half done, the other whole.
        Move("rt_hrl_lmps", job => job with { State = BackfillState.Running, DoneThrough = job.From + (job.To - job.From) / 2, Rows = new(10, 9, 0, 0, 1) });
        Move("da_hrl_lmps", job => job with { State = BackfillState.Done, DoneThrough = job.To, EndedAt = job.To, Rows = new(5, 5, 0, 0, 0) });
        var running = await _gateway.GetAsync(accepted.Headers.Location.OriginalString);
        Assert.Equal(("RUNNING", 0.75, 15, 14), ((string)running["state"]!, (double)running["progress"]!, (int)running["rows"]!["read"]!, (int)running["rows"]!["accepted"]!));
        Assert.Null(running["ended_at"]);
        Assert.Single((await _gateway.GetAsync(Path + "?zone=PJM&zone=ERCOT"))["items"]!.AsArray());
        Assert.Empty((await _gateway.GetAsync(Path + "?zone=ERCOT"))["items"]!.AsArray());

        using var deleted = await _gateway.Http.DeleteAsync(accepted.Headers.Location, TestContext.Current.CancellationToken);
        var cancelled = await GatewayHost.ReadAsync(deleted, 200);
        Assert.Equal("CANCELLED", (string)cancelled["state"]!);
        Assert.NotNull(cancelled["ended_at"]);
    }

    [Fact]
    public async Task Backfill_OneFeedGivenUp_HasFailed()
    {
        var job = await _gateway.PostAsync(Path + "/historical", Body(Feeds), 202);
        Move("rt_hrl_lmps", job => job with { State = BackfillState.Failed, EndedAt = job.To, Message = "HTTP 503" });
        Assert.Equal("RUNNING", (string)(await _gateway.GetAsync($"{Path}/{job["id"]}"))["state"]!);

        Move("da_hrl_lmps", job => job with { State = BackfillState.Done, DoneThrough = job.To, EndedAt = job.To });

        var ended = await _gateway.GetAsync($"{Path}/{job["id"]}");
        Assert.Equal("FAILED", (string)ended["state"]!);
        Assert.Contains("HTTP 503", ended["feeds"]!.AsArray().Select(static feed => (string?)feed!["message"]));
    }

    [Theory]
    [InlineData("PJM-nothing")]
    [InlineData("MARS-b1")]
    [InlineData("b1")]
    [InlineData("-")]
    public async Task Backfill_IdOfNone_IsNotFound(string id)
    {
        Assert.Equal("urn:optibid:problem:unknown-backfill", (string)(await _gateway.GetAsync($"{Path}/{id}", 404))["type"]!);
        using var deleted = await _gateway.Http.DeleteAsync($"{Path}/{id}", TestContext.Current.CancellationToken);
        Assert.Equal(id, (string)(await GatewayHost.ReadAsync(deleted, 404))["value"]!);
    }

    [Fact]
    public async Task Backfill_ThatCannotBeHad_IsRefusedInWords()
    {
        var refused = await _gateway.PostAsync(Path + "/historical", Body("nothing"), 409);
        Assert.Equal("\"nothing\" is not a feed whose past can be read.", (string)refused["detail"]!);
        Assert.Equal("end", await FieldAsync("""{"zone":"PJM","start":"2026-10-01T00:00:00Z"}"""));
        Assert.Equal("zone", await FieldAsync("""{"start":"2026-10-01T00:00:00Z","end":"2026-10-02T00:00:00Z"}"""));
        Assert.Equal("speed", await FieldAsync("""{"zone":"PJM","start":"2026-10-01T00:00:00Z","end":"2026-10-02T00:00:00Z","speed":1}"""));
        Assert.Equal("speed", (string?)(await _gateway.PostAsync(Path + "/historical?speed=1", Body(Feeds), 400))["field"]);
    }

    private async Task<string?> FieldAsync(string body) => (string?)(await _gateway.PostAsync(Path + "/historical", body, 400))["field"];

    private void Move(string feed, Func<BackfillStatus, BackfillStatus> move) => _connectors.Backfills["b1:" + feed] = move(_connectors.Backfills["b1:" + feed]);

    private static JsonObject Body(params string[] feeds) => new()
    {
        ["zone"] = "PJM",
        ["feeds"] = new JsonArray([.. feeds.Select(static feed => (JsonNode)feed)]),
        ["start"] = "2026-10-01T00:00:00Z",
        ["end"] = "2026-11-01T00:00:00Z",
    };
}
