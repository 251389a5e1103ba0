using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>Reads the newest files of a forecast. Older ones are forecasts that a newer one has replaced, and are left.</summary>
internal sealed class ErcotForecastFeed(ErcotForecast forecast, MarketContext market) : IMarketFeed
{
    /// <summary>After a start the one before the newest is read too: it was in force when the last prices were published.</summary>
    private const int FilesRead = 2;

    private readonly ErcotShelf _shelf = new(forecast.Name, forecast.ReportTypeId, market);
    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Name => forecast.Name;

    public MarketZone Zone => MarketZone.ERCOT;

    public FeedKind Kind => FeedKind.Fundamentals;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.FromHours(2);

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => default;

    public DateTimeOffset NextPoll(DateTimeOffset now) => forecast.Schedule.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var listing = await _shelf.ListAsync(isConditional: true, cancellationToken);
        if (listing.Documents is not { } documents) yield break;
        if (documents.Count == 0) throw new MarketFeedException(Name, "the document list names none of its files");

        ErcotDocument[] newest = [.. documents.TakeLast(FilesRead)];
        foreach (var document in newest.Where(document => !_read.Contains(document.Id)))
        {
            var rows = new ErcotForecastRows(forecast, document.PublishedAt);
            foreach (var table in ErcotFile.Tables(Name, await _shelf.FetchAsync(document, cancellationToken), market.Client.UnpackedLimit)) rows.Add(table);
            yield return rows.Build();
            _read.Add(document.Id);
        }

        _read.IntersectWith(newest.Select(document => document.Id));
        _shelf.Note(listing);
    }
}
