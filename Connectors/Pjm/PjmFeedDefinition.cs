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

    /// <summary>False for a feed without an energy column and without versions.</summary>
    public bool IsVerified { get; init; } = true;

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

    /// <summary>Older data is archived: PJM refuses to sort it. A day short of PJM's own limits.</summary>
    public TimeSpan ArchivedAfter => TimeSpan.FromDays(PriceType == PriceType.RealTime5Min ? 185 : 730);

    /// <summary>Full name, such as <c>pjm:rt_hrl_lmps</c>.</summary>
    public string Name => "pjm:" + Feed;

    /// <summary>Price column.</summary>
    public string Total => "total_lmp_" + Suffix;

    /// <summary>Congestion column.</summary>
    public string Congestion => "congestion_price_" + Suffix;

    /// <summary>Loss column.</summary>
    public string Loss => "marginal_loss_price_" + Suffix;

    /// <summary>Energy column; null where the feed has none.</summary>
    public string? Energy => IsVerified ? "system_energy_price_" + Suffix : null;

    /// <summary>The columns asked for.</summary>
    public string Fields => string.Join(',', new[] { "datetime_beginning_utc", "pnode_id", "pnode_name", "type", Total, Congestion, Loss }
        .Concat(IsVerified ? [Energy!, "row_is_current", "version_nbr"] : []));
}
