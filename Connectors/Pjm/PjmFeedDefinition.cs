using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Pjm;

/// <summary>What one Data Miner 2 price feed is called and how its columns are named.</summary>
internal sealed record PjmFeedDefinition
{
    /// <summary>The feed's name in the address.</summary>
    public required string Feed { get; init; }

    /// <summary>The price series.</summary>
    public required PriceType PriceType { get; init; }

    /// <summary>Ending of its price columns, <c>rt</c> or <c>da</c>.</summary>
    public required string Suffix { get; init; }

    /// <summary>What it is read for.</summary>
    public FeedKind Kind { get; init; } = FeedKind.Prices;

    /// <summary>False for a feed without an energy column and without versions.</summary>
    public bool IsVerified { get; init; } = true;

    /// <summary>
    /// The versions asked for, joined by semicolons; null for all. A feed that asks for some reads them of all the time that it
    /// reads again, and its cursor says when it was read.
    /// </summary>
    public string? Versions { get; init; }

    /// <summary>
    /// True for a feed that PJM fills a day at a time: its cursor rests at the end of a day, and a day that was being filled when
    /// it was read is read again.
    /// </summary>
    public bool ComesByTheDay { get; init; }

    /// <summary>When it is asked.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far back a fresh deployment reads.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>What is read again behind the cursor.</summary>
    public required Reread Reread { get; init; }

    /// <summary>How far past now it reaches.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>
    /// When the first version of an interval counts as published. Rows do not say; a function of the interval
    /// alone makes a row that is read again the same record.
    /// </summary>
    public required Func<DateTimeOffset, DateTimeOffset> PublishedAt { get; init; }

    /// <summary>Older data is archived.</summary>
    public TimeSpan ArchivedAfter => TimeSpan.FromDays(PriceType == PriceType.RealTime5Min ? 186 : 731);

    /// <summary>Full name, such as <c>pjm:rt_hrl_lmps</c>.</summary>
    public string Name => "pjm:" + Feed + (Versions is null ? "" : "_revised");

    /// <summary>Length of an interval.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(PriceType.IntervalMinutes());

    /// <summary>The columns that are looked at, in the order of <see cref="PjmPriceColumn"/>.</summary>
    public IReadOnlyList<PjmColumn> Columns =>
    [
        new("datetime_beginning_utc"),
        new("pnode_id"),
        new("total_lmp_" + Suffix),
        new("congestion_price_" + Suffix),
        new("marginal_loss_price_" + Suffix),
        new("pnode_name", IsRequired: false),
        new("type", IsRequired: false),
        new("system_energy_price_" + Suffix, IsVerified),
        new("row_is_current", IsRequired: false),
        new("version_nbr", IsRequired: false),
    ];

    /// <summary>The columns asked for: those it has.</summary>
    public IEnumerable<string> Fields => Columns.Select(column => column.Name).Take(IsVerified ? int.MaxValue : PjmPriceColumn.Energy);
}
