using System.Globalization;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// Reads a report that ERCOT posts as files: the document list, then each file that is new since the cursor.
/// No key is needed.
/// </summary>
internal sealed class ErcotFileFeed(ErcotFile file, MarketContext market) : IMarketFeed
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://www.ercot.com";

    private const int NewestAlwaysRead = 4;
    private const int RememberedAtMost = 10_000;

    /// <summary>A dispatch run may be posted before the five minutes it is rounded to have begun.</summary>
    private static readonly TimeSpan PostingSlack = TimeSpan.FromMinutes(10);

    private readonly string _root = market.Options.FilesBaseUrl ?? market.Options.BaseUrl ?? PublicUrl;
    private readonly UnreadableFiles _unreadable = new();
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Name => file.Name;

    public MarketZone Zone => MarketZone.ERCOT;

    public PriceType? PriceType => file.PriceType;

    public TimeSpan Lookback => TimeSpan.FromHours(1);

    public TimeSpan Ahead => TimeSpan.FromMinutes(10);

    /// <summary>Nothing: a file is posted once and whole, and a correction is a new one.</summary>
    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => file.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cursor = range.From;
        var list = await market.Client.GetAsync(Name, ListAddress(), prepare: null, cancellationToken);
        var documents = ErcotDocument.ReadList(Name, list.Body);
        _unreadable.KeepOnly(documents);
        var wanted = documents.Where((document, i) => IsWanted(document, newness: documents.Count - i, cursor)).ToArray();
        var (read, outOfReach, givenUp) = (0, 0, 0);
        MarketFeedException? last = null;
        foreach (var document in wanted)
        {
            var page = default(FeedPage);
            try
            {
                page = await ReadAsync(document, cursor, cancellationToken);
                outOfReach = 0;
            }
            catch (UnreadableFileException error)
            {
                last = error.Problem;
                if (_unreadable.Add(document, last, error.IsContent, market.Clock.GetUtcNow())) givenUp++;
                // A file that cannot be had is its own trouble, two in a row are the market's.
                if (!error.IsContent && (last.RetryAfter is not null || ++outOfReach > 1)) break;
            }

            if (page is null) continue;
            yield return page;

            // The caller comes back for more once the page is published; only then is the file done with.
            read++;
            if (_read.Count >= RememberedAtMost) _read.Clear();
            _read.Add(document.Id);
            _unreadable.Remove(document);
        }

        if (last is not null && ((read == 0 && givenUp == 0) || outOfReach > 1 || last.RetryAfter is not null)) throw last;
        if (_unreadable.Example is { } example) yield return Amiss(cursor, _unreadable.Count, read, givenUp, example);
    }

    /// <summary>
    /// A file is wanted once: when it was posted about or after the cursor, or is one of the newest there are, so that
    /// a market that has stood still is shown as it stands; and again when it could not be read.
    /// </summary>
    private bool IsWanted(ErcotDocument document, int newness, DateTimeOffset cursor) =>
        !_read.Contains(document.Id)
        && _unreadable.MayTry(document, market.Clock.GetUtcNow())
        && (document.PublishedAt >= cursor - PostingSlack || newness <= NewestAlwaysRead || _unreadable.Contains(document));

    /// <summary>A page without prices that says which files are missing.</summary>
    private FeedPage Amiss(DateTimeOffset cursor, int bad, int read, int givenUp, string example) => new()
    {
        Ticks = [],
        Cursor = cursor,
        Warning = $"{Name}: {bad} of {bad + read} files unreadable: {example}",
        RowsRead = givenUp,
        Rejections = givenUp > 0 ? new Dictionary<string, int> { ["a file could not be read and was given up"] = givenUp } : [],
    };

    private Uri ListAddress() => MarketAddress.Build(
        _root, "misapp/servlets/IceDocListJsonWS", ("reportTypeId", file.ReportTypeId.ToString(CultureInfo.InvariantCulture)));

    private Uri FileAddress(ErcotDocument document) => MarketAddress.Build(
        _root, "misdownload/servlets/mirDownload", ("doclookupId", document.Id));

    private async Task<FeedPage> ReadAsync(ErcotDocument document, DateTimeOffset cursor, CancellationToken cancellationToken)
    {
        var isContent = false;
        try
        {
            var answer = await market.Client.GetAsync(Name, FileAddress(document), prepare: null, cancellationToken);
            isContent = true;
            return Read(answer.Body, document, cursor);
        }
        catch (MarketFeedException error)
        {
            throw new UnreadableFileException(error, isContent);
        }
    }

    private FeedPage Read(ReadOnlyMemory<byte> body, ErcotDocument document, DateTimeOffset cursor)
    {
        var prices = new ErcotCsv(this, file.PriceType, document.PublishedAt, market.Clock.GetUtcNow());
        if (Payload.IsZip(body.Span))
        {
            var names = new List<string>();
            var tables = 0;
            foreach (var (name, content) in ZipPayload.Members(Name, body, market.Client.UnpackedLimit))
            {
                names.Add(name);
                if (!name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)) continue;
                Payload.RefuseMarkup(Name, content.Peek(200));
                prices.Add(content);
                tables++;
            }

            if (tables == 0) throw ZipPayload.Useless(Name, names);
        }
        else
        {
            Payload.RefuseMarkup(Name, body.Span);
            prices.Add(new MemoryStream(body.ToArray(), writable: false));
        }

        return prices.Build(cursor);
    }

    /// <summary>One file's trouble on its way to the loop over all of them.</summary>
    private sealed class UnreadableFileException(MarketFeedException problem, bool isContent) : Exception(problem.Message, problem)
    {
        public MarketFeedException Problem => problem;

        public bool IsContent => isContent;
    }
}
