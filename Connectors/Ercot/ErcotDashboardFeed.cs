using System.Runtime.CompilerServices;
using System.Text.Json;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Reads a dashboard whole. It has no past but today, or yesterday and today.</summary>
/// <param name="name">The feed's name.</param>
/// <param name="dashboard">The dashboard.</param>
/// <param name="schedule">When it is asked for.</param>
/// <param name="read">What is read in it.</param>
/// <param name="market">The market.</param>
internal sealed class ErcotDashboardFeed(
    string name, string dashboard, PollSchedule schedule, Func<JsonElement, DateTimeOffset, IEnumerable<Fundamental>> read, MarketContext market) : IMarketFeed
{
    private readonly ReadVersions _versions = new();

    public string Name => name;

    public MarketZone Zone => MarketZone.ERCOT;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.FromDays(2);

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => new(TimeSpan.FromHours(6), Every: null);

    public DateTimeOffset NextPoll(DateTimeOffset now) => schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var address = MarketAddress.Build(ErcotShelf.Root(market), $"api/1/services/read/dashboards/{dashboard}.json");
        var answer = await market.Client.GetAsync(name, address, _versions.Ask, cancellationToken);
        if (answer.IsUnchanged) yield break;

        yield return Read(answer.Body, range.From);
        _versions.Note(address, answer);
    }

    private FeedPage Read(ReadOnlyMemory<byte> body, DateTimeOffset cursor)
    {
        Payload.RefuseMarkup(name, body.Span);
        Payload.RequireUtf8(name, body.Span);
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out _))
                throw new MarketFeedException(name, $"field data is missing: this is not the dashboard {dashboard}");

            var now = market.Clock.GetUtcNow();
            Fundamental[] all = [.. read(root, ErcotDashboard.Updated(root) ?? now).Where(value => value.Start >= TimeLimits.Earliest)];
            if (all.Length == 0) throw new MarketFeedException(name, $"the dashboard {dashboard} holds no value that can be read");

            // All of it every time: what is known already has the same time of publication and changes nothing.
            return new FeedPage { Fundamentals = all, Cursor = Instants.Later(cursor, all.Max(value => value.PublishedAt)), RowsRead = all.Length };
        }
        catch (JsonException error)
        {
            throw new MarketFeedException(name, $"the body is not valid JSON: {error.Message}", error);
        }
    }
}
