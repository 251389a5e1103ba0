namespace OptiBid.Grains.Interfaces;

/// <summary>State of a zone's connector.</summary>
[GenerateSerializer, Immutable, Alias("optibid.ConnectorStatus")]
public sealed record ConnectorStatus
{
    /// <summary>The market.</summary>
    [Id(0)] public required MarketZone Zone { get; init; }

    /// <summary>Its feeds.</summary>
    [Id(1)] public required FeedStatus[] Feeds { get; init; }

    /// <summary>Load now, MW; null where not known.</summary>
    [Id(2)] public double? Load { get; init; }

    /// <summary>Load forecast for now, MW; null where not known.</summary>
    [Id(3)] public double? LoadForecast { get; init; }

    /// <summary>Share of generation from renewable sources now, percent; null where not known.</summary>
    [Id(4)] public double? RenewablePercentage { get; init; }

    /// <summary>Since when and by whom it is paused; null while it reads.</summary>
    [Id(5)] public ConnectorPause? Pause { get; init; }
}

/// <summary>A connector is paused: it asks its market for nothing until it is resumed.</summary>
/// <param name="Since">Since when, UTC.</param>
/// <param name="By">By whom.</param>
[GenerateSerializer, Immutable, Alias("optibid.ConnectorPause")]
public sealed record ConnectorPause([property: Id(0)] DateTimeOffset Since, [property: Id(1)] string By);

/// <summary>State of one feed.</summary>
[GenerateSerializer, Immutable, Alias("optibid.FeedStatus")]
public sealed record FeedStatus
{
    /// <summary>The feed's name, such as <c>pjm:rt_hrl_lmps</c>.</summary>
    [Id(0)] public required string Feed { get; init; }

    /// <summary>When it was last read without error, UTC.</summary>
    [Id(1)] public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>The last error in words; null once a later poll succeeded.</summary>
    [Id(2)] public string? LastError { get; init; }

    /// <summary>When that error was, UTC.</summary>
    [Id(3)] public DateTimeOffset? LastErrorAt { get; init; }

    /// <summary>What is amiss although the feed is read, such as the use of a fallback; null when nothing is.</summary>
    [Id(4)] public string? Warning { get; init; }

    /// <summary>The source that answered last, where the feed has more than one.</summary>
    [Id(5)] public string? Source { get; init; }

    /// <summary>Rows since the connector was activated.</summary>
    [Id(6)] public FeedRows Rows { get; init; }

    /// <summary>End of the market time read and published so far, UTC.</summary>
    [Id(7)] public DateTimeOffset? ReadThrough { get; init; }

    /// <summary>When it will be asked next, UTC; null before the first time, and while the connector is paused.</summary>
    [Id(8)] public DateTimeOffset? NextPoll { get; init; }

    /// <summary>Polls that have failed in a row.</summary>
    [Id(9)] public int Failures { get; init; }

    /// <summary>Intervals of the last days that the history lacks and that are being fetched again.</summary>
    [Id(10)] public int Holes { get; init; }
}

/// <summary>What became of a feed's rows.</summary>
/// <param name="Read">Rows in the market's answers.</param>
/// <param name="Accepted">Prices published for the first time, as far as the connector remembers.</param>
/// <param name="Revised">Prices published with another value than before.</param>
/// <param name="Duplicate">Prices that were published before with the same value.</param>
/// <param name="Rejected">Rows refused.</param>
[GenerateSerializer, Immutable, Alias("optibid.FeedRows")]
public readonly record struct FeedRows(
    [property: Id(0)] long Read,
    [property: Id(1)] long Accepted,
    [property: Id(2)] long Revised,
    [property: Id(3)] long Duplicate,
    [property: Id(4)] long Rejected)
{
    /// <summary>Both together.</summary>
    public static FeedRows operator +(FeedRows one, FeedRows other) => new(
        one.Read + other.Read, one.Accepted + other.Accepted, one.Revised + other.Revised, one.Duplicate + other.Duplicate, one.Rejected + other.Rejected);
}
