using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Client.Live;

namespace OptiBid.Client.Tests.Live;

public sealed class PriceSubscriptionTests
{
    private readonly FakeTimeProvider _clock = new();

    private static string Price(int minute, double price, int revision = 1) =>
        $$"""{"market_zone":"PJM","location":"1","price_type":"REAL_TIME_5_MIN","timestamp":"2026-11-22T17:{{minute:00}}:00Z","price":{{price}},"revision":{{revision}}}""";

    private static string Event(string name, int id, params string[] prices) => $"event: {name}\nid: {id}\ndata: [{string.Join(',', prices)}]\n\n";

    [Fact]
    public async Task Subscribe_ConnectionEnds_GoesOnAfterTheLastEventAndNeverBack()
    {
        var gateway = new Answers(
            Event("snapshot", 1, Price(0, 30)) + ": heartbeat\n\n" + Event("prices", 2, Price(5, -4)),
            Event("snapshot", 9, Price(0, 30)) + Event("prices", 10, Price(5, -4), Price(5, -3, revision: 2)));

        var told = await ReadAsync(gateway, 4);

        Assert.Equal([30.0, -4.0, -3.0], told.OfType<PricesMoved>().SelectMany(static moved => moved.Prices).Select(static price => price.Price));
        Assert.Equal([true, false, false], told.OfType<PricesMoved>().Select(static moved => moved.IsSnapshot));
        Assert.Single(told.OfType<ConnectionLost>());
        Assert.Equal([null, "2"], gateway.LastEventIds);
    }

    [Fact]
    public async Task Subscribe_TooSlow_IsToldWhatWasDropped()
    {
        var told = await ReadAsync(new Answers("event: lag\ndata: {\"dropped\":17}\n\n"), 1);
        Assert.Equal([new Lagged(17)], told);
    }

    [Fact]
    public async Task Subscribe_AlertsBetweenPrices_AreToldAndChangeNothingOfWhereItGoesOn()
    {
        const string Alert = """{"id":"a1","rule_id":"r1","rule_name":"dear","market_zone":"PJM","location":"1","price_type":"REAL_TIME_5_MIN","kind":"ABOVE","timestamp":"2026-11-22T17:00:00Z","value":104.2,"threshold":100,"price":104.2,"fired_at":"2026-11-22T17:01:00Z","webhook":null}""";
        var gateway = new Answers(Event("snapshot", 1, Price(0, 30)) + $"event: alerts\ndata: [{Alert}]\n\n", Event("snapshot", 9, Price(5, 31)));

        var told = await ReadAsync(gateway, 4);

        var alert = Assert.Single(Assert.Single(told.OfType<AlertsFired>()).Alerts);
        Assert.Equal(("a1", AlertKinds.Above, 104.2, null), (alert.Id, alert.Kind, alert.Value, alert.Webhook));
        Assert.Equal([null, "1"], gateway.LastEventIds);
    }

    [Fact]
    public async Task Subscribe_GatewayAwayThenBusyThenBack_WaitsAsLongAsItIsAsked()
    {
        var gateway = new Answers(HttpStatusCode.BadGateway, HttpStatusCode.TooManyRequests, Event("snapshot", 1, Price(0, 0)));

        var told = await ReadAsync(gateway, 3);

        var lost = told.OfType<ConnectionLost>().ToList();
        Assert.InRange(lost[0].RetryIn, TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(7), lost[1].RetryIn);
        Assert.Equal(0, Assert.Single(told.OfType<PricesMoved>()).Prices[0].Price);
    }

    [Fact]
    public async Task Subscribe_Refused_EndsWithWhatIsWrong()
    {
        var error = await Assert.ThrowsAsync<OptiBidException>(() => ReadAsync(new Answers(HttpStatusCode.Forbidden), 1));
        Assert.Equal(HttpStatusCode.Forbidden, error.Status);
    }

    [Fact]
    public async Task Subscribe_SilentConnection_IsGivenUp()
    {
        var silent = new Answers(new SilentStream(), Event("snapshot", 1, Price(0, 1)));

        var told = await ReadAsync(silent, 2);

        Assert.Collection(told, static first => Assert.IsType<ConnectionLost>(first), static then => Assert.IsType<PricesMoved>(then));
    }

    /// <summary>Reads so many tellings; time goes on when nothing else does.</summary>
    private async Task<List<LiveEvent>> ReadAsync(Answers gateway, int count)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var http = new HttpClient(gateway) { BaseAddress = new Uri("http://gateway/") };
        var reading = new OptiBidClient(http, _clock).SubscribeAsync(cancellationToken: ended.Token).Take(count).ToListAsync(ended.Token).AsTask();
        while (await Task.WhenAny(reading, Task.Delay(10, ended.Token)) != reading) _clock.Advance(TimeSpan.FromSeconds(1));
        return await reading;
    }

    /// <summary>Answers one call after the other: a stream of events, or a status.</summary>
    private sealed class Answers(params object[] answers) : HttpMessageHandler
    {
        private int _next;

        public List<string?> LastEventIds { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            LastEventIds.Add(request.Headers.TryGetValues("Last-Event-ID", out var ids) ? ids.Single() : null);
            var response = answers[_next++] switch
            {
                HttpStatusCode status => new HttpResponseMessage(status),
                Stream stream => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(stream) },
                var events => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent((string)events, Encoding.UTF8, "text/event-stream") },
            };
            if (response.StatusCode == HttpStatusCode.TooManyRequests) response.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return Task.FromResult(response);
        }
    }

    /// <summary>A connection that stays open and says nothing.</summary>
    private sealed class SilentStream : MemoryStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return 0;
        }
    }
}
