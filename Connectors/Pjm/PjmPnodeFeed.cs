using System.Runtime.CompilerServices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>
/// Reads the directory of pnodes, some 22,500 of them, once a day. A pnode has a row for each time it was changed: the one
/// in force that took effect last counts. The cursor says when it was read.
/// </summary>
internal sealed class PjmPnodeFeed(MarketContext market, PjmPlaces places) : IMarketFeed
{
    /// <summary>Its full name.</summary>
    public const string FeedName = "pjm:pnode";

    private const int Id = 0, NameColumn = 1, Type = 2, Subtype = 3, Effective = 4, Termination = 5;

    private static readonly PjmColumn[] Columns =
    [
        new("pnode_id"), new("pnode_name"), new("pnode_type", IsRequired: false), new("pnode_subtype", IsRequired: false, "type"),
        new("effective_date", IsRequired: false), new("termination_date", IsRequired: false),
    ];

    private static readonly PollSchedule Daily = PollSchedule.Every(TimeSpan.FromDays(1), new TimeSpan(9, 5, 0));

    private readonly DataMiner _miner = new(FeedName, market);
    private readonly TimeProvider _clock = market.Clock;

    public string Name => FeedName;

    public MarketZone Zone => MarketZone.PJM;

    public FeedKind Kind => FeedKind.Directory;

    public PriceType? PriceType => null;

    public TimeSpan Lookback => TimeSpan.Zero;

    public TimeSpan Ahead => TimeSpan.Zero;

    public Reread Reread => new(TimeSpan.Zero, null);

    public DateTimeOffset NextPoll(DateTimeOffset now) => Daily.Next(now);

    public async IAsyncEnumerable<FeedPage> FetchAsync(FeedRange range, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var now = _clock.GetUtcNow();
        var found = new Dictionary<string, (DateTimeOffset Effective, MarketLocation Place)>(StringComparer.Ordinal);
        var rejections = new Dictionary<string, int>();
        var times = (Effective: new PjmTime(), Termination: new PjmTime());
        var rows = 0;
        string? warning = null;
        await foreach (var page in _miner.ReadAsync(Query, null, cancellationToken))
        {
            while (page.Rows.Read())
            {
                rows++;
                if (Take(page.Rows) is { } reason) rejections[reason] = rejections.GetValueOrDefault(reason) + 1;
            }

            warning ??= page.Next().Warning;
        }

        var met = found.Values.Select(entry => entry.Place).ToArray();
        if (met.Length > 0) places.Learn(met);
        yield return new FeedPage { Locations = met, Cursor = now, RowsRead = rows, Rejections = rejections, Warning = warning };

        string? Take(PjmTable row)
        {
            if (row.Fault is { } fault) return fault;
            var id = row[Id].ToString();
            if (!LocationId.IsValidLocation(id)) return "pnode_id is blank, too long or holds control characters";
            if (times.Termination.TryRead(row[Termination], out var ends) && ends <= now) return null;
            if (!times.Effective.TryRead(row[Effective], out var begins)) begins = DateTimeOffset.MinValue;
            if (begins > now || (found.TryGetValue(id, out var other) && other.Effective > begins)) return null;
            found[id] = (begins, Place(id, row));
            return null;
        }
    }

    private static PjmQuery Query => new("pnode", Columns) { Sort = "pnode_id" };

    private static MarketLocation Place(string id, PjmTable row)
    {
        var name = row[NameColumn].ToString();
        var type = PjmLocationTypes.Parse(row[Subtype]);
        if (type == LocationType.Node) type = PjmLocationTypes.Parse(row[Type]);
        return new MarketLocation(new LocationId(MarketZone.PJM, id), name.Length > 0 ? name : id, type, PjmPlaces.HubOf(id));
    }
}
