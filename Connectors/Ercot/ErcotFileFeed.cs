using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Reads a product that ERCOT posts as files: the document list, then each file that is new since the cursor. No key is needed.
/// Of the past it has what the list still names.
/// </summary>
internal sealed class ErcotFileFeed(ErcotProduct product, MarketContext market) : IMarketFeed
{
    private const int NewestAlwaysRead = 4;
    private const int RememberedAtMost = 10_000;

    /// <summary>How long after its interval a file is posted at the latest.</summary>
    private static readonly TimeSpan PostingDelay = TimeSpan.FromHours(1);

    private readonly ErcotShelf _shelf = new(product.Name, product.ReportTypeId, market);
    private readonly UnreadableFiles _unreadable = new();
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Name => product.Name;

    public MarketZone Zone => MarketZone.ERCOT;

    public FeedKind Kind => product.Kind;

    public PriceType? PriceType => product.PriceType;

    public TimeSpan Lookback => product.Lookback;

    public TimeSpan Ahead => product.Ahead;

    /// <summary>Nothing: a file is posted once and whole, and a correction is a new one.</summary>
    public Reread Reread => default;

    public TimeSpan? BackfillChunk => product.IsCorrection ? null : TimeSpan.FromDays(1);

    public DateTimeOffset NextPoll(DateTimeOffset now) => product.Schedule.Next(now);

    public IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, CancellationToken cancellationToken = default) =>
        range.To is { } to ? PastAsync(range, to, cancellationToken) : NewAsync(range, cancellationToken);

    private async IAsyncEnumerable<FeedPage> NewAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Files in trouble are found in the list alone, so it is asked for whole while there are any.
        var list = await _shelf.ListAsync(isConditional: _unreadable.Count == 0, cancellationToken);
        if (list.Documents is not { } listed) yield break;

        ErcotDocument[] documents = [.. listed.Where(IsOurs)];
        // Corrections are rare, prices are not.
        if (documents.Length == 0 && !product.IsCorrection) throw NoFiles();
        _unreadable.KeepOnly(documents);
        var wanted = documents.Where((document, i) => IsWanted(document, newness: documents.Length - i, range.From)).ToArray();
        var (read, outOfReach, givenUp) = (0, 0, 0);
        MarketFeedException? last = null;
        foreach (var document in wanted)
        {
            var trouble = default(MarketFeedException);
            var isContent = false;
            ReadOnlyMemory<byte> body = default;
            try
            {
                body = await _shelf.FetchAsync(document, cancellationToken);
                outOfReach = 0;
            }
            catch (MarketFeedException error)
            {
                trouble = error;
            }

            using var pages = (trouble is null ? Pages(document, body, range) : []).GetEnumerator();
            while (trouble is null)
            {
                try
                {
                    if (!pages.MoveNext()) break;
                }
                catch (MarketFeedException error)
                {
                    (trouble, isContent) = (error, true);
                    break;
                }

                yield return pages.Current;
            }

            if (trouble is null)
            {
                // The caller comes back for more once the page is published; only then is the file done with.
                read++;
                if (_read.Count >= RememberedAtMost) _read.Clear();
                _read.Add(document.Id);
                _unreadable.Remove(document);
                continue;
            }

            last = trouble;
            if (_unreadable.Add(document, trouble, isContent, market.Clock.GetUtcNow())) givenUp++;
            // A file that cannot be had is its own trouble, two in a row are the market's.
            if (!isContent && (trouble.RetryAfter is not null || ++outOfReach > 1)) break;
        }

        if (last is not null && ((read == 0 && givenUp == 0) || outOfReach > 1 || last.RetryAfter is not null)) throw last;
        if (_unreadable.Example is { } example) yield return Amiss(range.From, _unreadable.Count, read, givenUp, example);
        // A list without any file is not taken for read: it may be one that is about to be filled.
        else if (listed.Any()) _shelf.Note(list);
    }

    /// <summary>A closed range, for which the list must reach back far enough.</summary>
    private async IAsyncEnumerable<FeedPage> PastAsync(FeedRange range, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ErcotDocument[] documents = [.. ((await _shelf.ListAsync(isConditional: false, cancellationToken)).Documents ?? []).Where(IsOurs)];
        if (documents.Length == 0) throw NoFiles();
        if (documents[0].PublishedAt - PostingDelay > range.From)
            throw new MarketFeedException(Name, $"the files listed reach back to {documents[0].PublishedAt:u} only");

        foreach (var document in documents.Where(document => document.PublishedAt >= range.From - product.Lead && document.PublishedAt <= to + PostingDelay))
        {
            foreach (var page in Pages(document, await _shelf.FetchAsync(document, cancellationToken), range)) yield return page;
        }
    }

    private MarketFeedException NoFiles() => new(Name, "the document list names none of its files");

    private bool IsOurs(ErcotDocument document) => product.Tag is null || document.Name.Contains(product.Tag, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// A file is wanted once: when it was posted about or after the cursor, or is one of the newest there are, so that
    /// a market that has stood still is shown as it stands; and again when it could not be read.
    /// </summary>
    private bool IsWanted(ErcotDocument document, int newness, DateTimeOffset cursor) =>
        !_read.Contains(document.Id)
        && _unreadable.MayTry(document, market.Clock.GetUtcNow())
        && (document.PublishedAt >= cursor - product.Lead || newness <= NewestAlwaysRead || _unreadable.Contains(document));

    private IEnumerable<FeedPage> Pages(ErcotDocument document, ReadOnlyMemory<byte> body, FeedRange range)
    {
        var rows = new ErcotPriceRows(product, this, range, document.PublishedAt, market.Clock.GetUtcNow());
        foreach (var table in ErcotFile.Tables(Name, body, market.Client.UnpackedLimit))
        {
            foreach (var page in rows.Read(table)) yield return page;
        }
    }

    /// <summary>A page without prices that says which files are missing.</summary>
    private FeedPage Amiss(DateTimeOffset cursor, int bad, int read, int givenUp, string example) => new()
    {
        Ticks = [],
        Cursor = cursor,
        Warning = $"{Name}: {bad} of {bad + read} files unreadable: {example}",
        RowsRead = givenUp,
        Rejections = givenUp > 0 ? new Dictionary<string, int> { ["a file could not be read and was given up"] = givenUp } : [],
    };
}
