using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Live.Feeds;
using OptiBid.Gateway.Tests.Fakes;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>A gateway in touch with its one silo, over a small history, two days after noon; time stands still unless it is moved.</summary>
internal sealed class CachingGateway : IAsyncDisposable
{
    public const string History = "/api/v1/prices/history?zone=PJM&location=A&start=2026-11-22T00:00:00Z&end=2026-11-23T00:00:00Z";

    /// <summary>The day of <see cref="History"/>.</summary>
    public static readonly DateOnly Day = new(2026, 11, 22);

    private CachingGateway(GatewayHost host, FakeTimeProvider clock, LogRecorder log) => (Host, Clock, Log) = (host, clock, log);

    public GatewayHost Host { get; }

    public FakeTimeProvider Clock { get; }

    public LogRecorder Log { get; }

    public MemoryFeed Silo => Host.Feed;

    /// <summary>Reads of the history so far.</summary>
    public int Reads => Host.History.Queries.Count + Host.History.Resamples.Count;

    public static async Task<CachingGateway> StartAsync(Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null, MemoryKeys? keys = null)
    {
        var clock = new FakeTimeProvider(Ticks.Noon.AddDays(4));
        var log = new LogRecorder();
        var host = await GatewayHost.StartAsync(
            history =>
            {
                history.Add(Enumerable.Range(0, 30).Select(i => Ticks.Tick("A", i, i)));
                history.Add(Enumerable.Range(0, 30).Select(i => Ticks.Tick("A", i, i, MarketZone.ERCOT)));
                history.Add(new MarketLocation(new LocationId(MarketZone.PJM, "A"), "WESTERN HUB", LocationType.Hub));
            },
            new(settings ?? []) { ["Cache:Enabled"] = settings?.GetValueOrDefault("Cache:Enabled") ?? "true" }, clock, services: all =>
            {
                all.AddLogging(logging => logging.AddProvider(log));
                services?.Invoke(all);
            }, keys: keys);
        await Eventually.TrueAsync(() => host.Services.GetRequiredService<LiveFeedSubscriber>().Links.Up == 1, "in touch");
        var gateway = new CachingGateway(host, clock, log);
        gateway.Silo.Tell();
        return gateway;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>A change that a silo tells of; by default to the day of <see cref="History"/>.</summary>
    public void Tell(MarketZone zone = MarketZone.PJM, PriceType type = PriceType.RealTime5Min, int day = 0) =>
        Silo.Tell(new WrittenDays(zone, type, Day.AddDays(day), Day.AddDays(day)));

    /// <summary>Lets time pass, in which the silo goes on to say that it is there.</summary>
    public void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromSeconds(2))
        {
            Clock.Advance(TimeSpan.FromSeconds(2));
            Silo.Tell();
        }
    }

    public Task<Answer> GetAsync(string path = History, string? key = null, string? known = null, string? accept = null, CancellationToken? cancellationToken = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), key, known, accept, cancellationToken);

    public Task<Answer> PostAsync(string path, string body, string? key = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") }, key);

    public async Task<Answer> SendAsync(HttpRequestMessage request, string? key = null, string? known = null, string? accept = null, CancellationToken? cancellationToken = null)
    {
        using (request)
        {
            if (key is not null) request.Headers.Add("X-Api-Key", key);
            if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
            if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
            var token = cancellationToken ?? TestContext.Current.CancellationToken;
            using var response = await Host.Http.SendAsync(request, token);
            return new Answer(
                (int)response.StatusCode,
                response.Headers.TryGetValues("Cache-Status", out var status) ? status.Single() : null,
                response.Headers.ETag?.ToString(),
                response.Headers.Age,
                await response.Content.ReadAsStringAsync(token),
                response.Headers.CacheControl?.ToString(),
                string.Join(", ", response.Headers.Vary));
        }
    }
}

/// <summary>What a gateway answered.</summary>
internal sealed record Answer(int Status, string? Cache, string? Tag, TimeSpan? Age, string Body, string? CacheControl, string Vary)
{
    public const string Hit = "OptiBid; hit";
    public const string Miss = "OptiBid; fwd=miss; stored";
    public const string Stale = "OptiBid; fwd=stale; stored";
    public const string Collapsed = "OptiBid; fwd=miss; collapsed";
    public const string Bypass = "OptiBid; fwd=bypass";
}
