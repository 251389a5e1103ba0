using System.Globalization;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso;

/// <summary>Reads one price report of CAISO OASIS, <c>{BaseUrl}/SingleZip?queryname=…</c>.</summary>
internal sealed class CaisoFeed(CaisoFeedDefinition definition, MarketContext market) : IMarketFeed
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://oasis.caiso.com/oasisapi";

    private readonly string _root = market.Options.BaseUrl ?? PublicUrl;
    private readonly IReadOnlyList<string> _locations = market.Options.Locations;
    private readonly TimeSpan _interval = TimeSpan.FromMinutes(definition.PriceType.IntervalMinutes());

    public string Name => definition.Name;

    public MarketZone Zone => MarketZone.CAISO;

    public PriceType? PriceType => definition.PriceType;

    public TimeSpan? BackfillChunk => definition.Window;

    public TimeSpan Lookback => definition.Lookback;

    public TimeSpan Ahead => definition.Ahead + _interval;

    public Reread Reread => definition.Reread;

    public DateTimeOffset NextPoll(DateTimeOffset now) => definition.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var from = range.From.Floor(_interval);
        var until = range.To ?? Instants.Later((market.Clock.GetUtcNow() + definition.Ahead).Ceiling(_interval), from + _interval);
        foreach (var window in FeedWindows.Split(from, until, definition.Window))
        {
            var answer = await market.Client.GetAsync(Name, Address(window), prepare: null, cancellationToken);
            yield return CaisoPayload.Read(this, definition, answer.Body, market.Client.UnpackedLimit, market.Clock.GetUtcNow(), range.From);
        }
    }

    private Uri Address((DateTimeOffset From, DateTimeOffset To) window) => MarketAddress.Build(
        _root,
        "SingleZip",
        ("queryname", definition.QueryName),
        ("market_run_id", definition.MarketRun),
        ("version", definition.Version.ToString(CultureInfo.InvariantCulture)),
        ("resultformat", "6"),
        _locations.Count > 0 ? ("node", string.Join(',', _locations)) : ("grp_type", "ALL_APNODES"),
        ("startdatetime", Text(window.From)),
        ("enddatetime", Text(window.To)));

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyyMMdd'T'HH:mm'-0000'", CultureInfo.InvariantCulture);
}
