using System.Globalization;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Reads a product from ERCOT's public API, <c>{BaseUrl}/{product}/{report}</c>, page after page; and a range of the past that the
/// query has no rows of from the archive of files. What the query keeps is not promised anywhere: of several products it has
/// rows since December 2023, of others for some weeks, and holes that the archive has not.
/// </summary>
internal sealed class ErcotApiFeed(ErcotProduct product, ErcotApi api, MarketContext market) : IMarketFeed
{
    private const int PageRows = 50_000;
    private const int PagesAtMost = 1000;

    private readonly ErcotArchive _archive = new(product, api);

    public string Name => product.Name;

    public MarketZone Zone => MarketZone.ERCOT;

    public FeedKind Kind => product.Kind;

    public PriceType? PriceType => product.PriceType;

    public TimeSpan Lookback => product.Lookback;

    public TimeSpan Ahead => product.Ahead;

    public Reread Reread => default;

    public TimeSpan? BackfillChunk => product.IsCorrection ? null : TimeSpan.FromDays(1);

    public DateTimeOffset NextPoll(DateTimeOffset now) => product.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rows = 0L;
        await foreach (var (page, read) in QueryAsync(range, cancellationToken))
        {
            rows = read;
            if (rows > 0 || range.To is null) yield return page;
        }

        if (rows > 0 || range.To is not { } to) yield break;
        foreach (var document in await _archive.ListAsync(range.From, to, cancellationToken))
        {
            var reader = new ErcotPriceRows(product, this, range, document.PublishedAt, market.Clock.GetUtcNow());
            foreach (var table in ErcotFile.Tables(Name, await _archive.FetchAsync(document, cancellationToken), market.Client.UnpackedLimit))
            {
                foreach (var page in reader.Read(table)) yield return page;
            }
        }
    }

    /// <summary>The query's pages with the number of rows read so far.</summary>
    private async IAsyncEnumerable<(FeedPage Page, long Read)> QueryAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = market.Clock.GetUtcNow();
        var query = ErcotQuery.Of(product, range, now);
        var rows = new ErcotPriceRows(product, this, range, publishedAt: null, now);
        var more = true;
        for (var page = 1; more; page++)
        {
            if (page > PagesAtMost) throw new MarketFeedException(Name, $"the answer has more than {PagesAtMost} pages");

            var body = await api.GetAsync(Name, product.Query, [.. query, ("page", Text(page)), ("size", Text(PageRows))], cancellationToken);
            using var table = ErcotJsonTable.Open(Name, body);
            var before = rows.Count;
            FeedPage? last = null;
            foreach (var part in rows.Read(table))
            {
                if (last is not null) yield return (last, rows.Count);
                last = part;
            }

            more = table.IsFollowed(page, PageRows, rows.Count - before, rows.Count);
            if (more && rows.Count == before)
                throw new MarketFeedException(Name, $"the answer ends at row {rows.Count} of {table.Records?.ToString(CultureInfo.InvariantCulture) ?? "more"}: page {page} of {table.Pages ?? page} is empty");

            // Only the last page may move the cursor: the newest day comes first, and rows of any hour may lie in a page not read.
            yield return ((more ? last! with { Cursor = range.From } : last!)
                .With(!more && rows.Count < table.Records ? $"{Name}: the answer ends at row {rows.Count} of {table.Records}" : null), rows.Count);
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
