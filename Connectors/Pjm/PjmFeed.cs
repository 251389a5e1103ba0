using System.Globalization;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Reads one price feed of PJM Data Miner 2, <c>{BaseUrl}/{feed}</c>, as JSON or CSV, page after page.
/// </summary>
internal sealed class PjmFeed(PjmFeedDefinition definition, MarketContext market) : IMarketFeed
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://api.pjm.com/api/v1";

    private const int PageRows = 50_000;
    private const int PagesAtMost = 1000;
    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(7);

    private readonly TimeProvider _clock = market.Clock;
    private readonly string _root = market.Options.BaseUrl ?? PublicUrl;
    private readonly IReadOnlyList<string> _locations = market.Options.Locations;

    public string Name => definition.Name;

    public MarketZone Zone => MarketZone.PJM;

    public PriceType? PriceType => definition.PriceType;

    public TimeSpan? BackfillChunk => LongestWindow;

    public TimeSpan Lookback => definition.Lookback;

    public TimeSpan Ahead => definition.Ahead + TimeSpan.FromMinutes(definition.PriceType.IntervalMinutes());

    public Reread Reread => definition.Reread;

    public DateTimeOffset NextPoll(DateTimeOffset now) => definition.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var cursor = range.From;
        var until = range.To ?? Instants.Later(_clock.GetUtcNow() + definition.Ahead, cursor + TimeSpan.FromMinutes(definition.PriceType.IntervalMinutes()));
        foreach (var window in FeedWindows.Split(cursor, until, LongestWindow))
        {
            // Only a window's last page may move the cursor: rows of any hour may still lie in a page not read.
            var reached = cursor;
            var startRow = 1;
            for (var pages = 0; startRow > 0; pages++)
            {
                if (pages == PagesAtMost) throw new MarketFeedException(Name, $"the answer has more than {PagesAtMost} pages");

                var answer = await market.Client.GetAsync(Name, Address(window, startRow), AddKey, cancellationToken);
                var payload = PjmPayload.Read(this, definition, answer.Body, _clock.GetUtcNow(), cursor);
                startRow = Next(startRow, payload, answer.Total, out var warning);
                reached = Instants.Later(reached, payload.Page.Cursor);
                yield return (payload.Page with { Cursor = startRow > 0 ? cursor : reached }).With(warning);
            }
        }
    }

    private Uri Address((DateTimeOffset From, DateTimeOffset To) window, int startRow) => MarketAddress.Build(
        _root,
        definition.Feed,
        ("rowCount", PageRows.ToString(CultureInfo.InvariantCulture)),
        ("startRow", startRow.ToString(CultureInfo.InvariantCulture)),
        ("fields", definition.Fields),
        ("datetime_beginning_utc", $"{Text(window.From)}to{Text(window.To)}"),
        // Rows that come in a settled order keep their place from page to page.
        ("sort", MaySort(window) ? "datetime_beginning_utc" : null),
        ("order", MaySort(window) ? "Asc" : null),
        ("pnode_id", _locations.Count > 0 ? string.Join(';', _locations) : null));

    private bool MaySort((DateTimeOffset From, DateTimeOffset To) window) => window.From >= _clock.GetUtcNow() - definition.ArchivedAfter;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture);

    private void AddKey(HttpRequestMessage request)
    {
        if (market.Client.Credentials.ApiKey is { } key) request.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", key);
    }

    /// <summary>
    /// First row of the next page, or 0 at the end of the answer. Only the row number is taken from a <c>next</c> link: the
    /// address it names may be another host, and the key goes to the configured one alone. Without a link a full page, or a
    /// total that says more, means that there is more.
    /// </summary>
    /// <param name="startRow">First row of this page.</param>
    /// <param name="payload">This page.</param>
    /// <param name="header">Rows there are in all, as the header says.</param>
    /// <param name="warning">Set when the market has cut the answer short.</param>
    private int Next(int startRow, PjmPayload payload, long? header, out string? warning)
    {
        warning = null;
        if (payload.NextStartRow is { } next)
            return next > startRow ? next : throw new MarketFeedException(Name, $"the next page of row {startRow} starts at row {next}");

        var rows = payload.Page.RowsRead;
        var last = startRow + rows - 1;
        var total = payload.Total ?? header;
        if (total is { } all ? last >= all : rows < PageRows) return 0;

        if (rows == 0) throw new MarketFeedException(Name, $"the answer ends at row {last} of {total}");
        if (payload.IsBare || rows >= PageRows) return last + 1;

        warning = $"{Name}: the answer ends at row {last} of {total} and names no next page";
        return 0;
    }
}
