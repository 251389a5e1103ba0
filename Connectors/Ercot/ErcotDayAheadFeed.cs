using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Reads ERCOT's day-ahead settlement point prices from the public API,
/// <c>{BaseUrl}/np4-190-cd/dam_stlmnt_pnt_prices</c>, page after page.
/// </summary>
internal sealed class ErcotDayAheadFeed(ErcotTokens tokens, MarketContext market) : IMarketFeed
{
    /// <summary>The feed's name.</summary>
    public const string FeedName = "ercot:np4-190-cd";

    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://api.ercot.com/api/public-reports";

    private const int PageRows = 50_000;
    private const int PagesAtMost = 1000;

    private static readonly PollSchedule Schedule = PollSchedule.Around(
        MarketClocks.Central,
        new TimeOnly(12, 45),
        new TimeOnly(16, 0),
        PollSchedule.Every(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(3)),
        PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(30)));

    private readonly string _root = market.Options.BaseUrl ?? PublicUrl;

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.ERCOT;

    public PriceType? PriceType => Grains.Interfaces.PriceType.DayAheadHourly;

    public TimeSpan Lookback => TimeSpan.FromDays(1);

    public TimeSpan Ahead => TimeSpan.FromDays(2);

    public Reread Reread => new(TimeSpan.FromDays(2), TimeSpan.FromHours(6));

    public DateTimeOffset NextPoll(DateTimeOffset now) => Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // Only the last page may move the cursor: the newest day comes first, and rows of any hour may lie in a page not read.
        var cursor = range.From;
        var reached = cursor;
        var read = 0L;
        var more = true;
        for (var page = 1; more; page++)
        {
            if (page > PagesAtMost) throw new MarketFeedException(Name, $"the answer has more than {PagesAtMost} pages");

            var answer = await GetAsync(Address(cursor, page), cancellationToken);
            var payload = ErcotPayload.Read(this, answer.Body, market.Clock.GetUtcNow(), cursor);
            read += payload.Page.RowsRead;
            more = payload.IsFollowed(page, PageRows, read);
            if (more && payload.Page.RowsRead == 0)
                throw new MarketFeedException(Name, $"the answer ends at row {read} of {payload.Records?.ToString(CultureInfo.InvariantCulture) ?? "more"}: page {page} of {payload.Pages ?? page} is empty");
            reached = Instants.Later(reached, payload.Page.Cursor);
            yield return (payload.Page with { Cursor = more ? cursor : reached })
                .With(!more && read < payload.Records ? $"{Name}: the answer ends at row {read} of {payload.Records}" : null);
        }
    }

    private async Task<MarketResponse> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(Name, cancellationToken);
        try
        {
            return await market.Client.GetAsync(Name, address, request => Authorize(request, token), cancellationToken);
        }
        catch (MarketFeedException error) when (error.Status == HttpStatusCode.Unauthorized)
        {
            tokens.Drop();
            throw;
        }
    }

    private Uri Address(DateTimeOffset cursor, int page) => MarketAddress.Build(
        _root,
        "np4-190-cd/dam_stlmnt_pnt_prices",
        ("deliveryDateFrom", Day(cursor)),
        ("deliveryDateTo", Day(Instants.Later(market.Clock.GetUtcNow(), cursor).AddDays(1))),
        ("page", page.ToString(CultureInfo.InvariantCulture)),
        ("size", PageRows.ToString(CultureInfo.InvariantCulture)));

    private static string Day(DateTimeOffset instant) =>
        WallClock.FromUtc(instant, MarketClocks.Central).Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void Authorize(HttpRequestMessage request, string? token)
    {
        if (market.Client.Credentials.ApiKey is { } key) request.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", key);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }
}
