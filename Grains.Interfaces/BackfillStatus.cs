namespace OptiBid.Grains.Interfaces;

/// <summary>A range of the past to be read from a market's feeds.</summary>
/// <param name="Feeds">The feeds' names, with or without the zone's prefix; empty for every feed of prices that has a past.</param>
/// <param name="From">Start of the first interval, UTC.</param>
/// <param name="To">End of the range, UTC.</param>
[GenerateSerializer, Immutable, Alias("optibid.BackfillOfFeeds")]
public sealed record BackfillRequest(
    [property: Id(0)] string[] Feeds,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To);

/// <summary>How far a backfill of one feed is.</summary>
[GenerateSerializer, Immutable, Alias("optibid.BackfillStatus")]
public sealed record BackfillStatus
{
    /// <summary>Its id.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>The id of the request, which all its feeds share.</summary>
    [Id(10)] public string Request { get => field ?? Id; init; }

    /// <summary>The feed's full name.</summary>
    [Id(1)] public required string Feed { get; init; }

    /// <summary>Start of the range, UTC.</summary>
    [Id(2)] public required DateTimeOffset From { get; init; }

    /// <summary>End of the range, UTC.</summary>
    [Id(3)] public required DateTimeOffset To { get; init; }

    /// <summary>Up to where it has been read and published, UTC.</summary>
    [Id(4)] public required DateTimeOffset DoneThrough { get; init; }

    /// <summary>What it is doing.</summary>
    [Id(5)] public BackfillState State { get; init; }

    /// <summary>When it was asked for, UTC.</summary>
    [Id(6)] public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it ended, UTC; null before that.</summary>
    [Id(7)] public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What became of its rows.</summary>
    [Id(8)] public FeedRows Rows { get; init; }

    /// <summary>The last trouble in words; null when there was none.</summary>
    [Id(9)] public string? Message { get; init; }

    /// <summary>Part of the range that is done, 0 to 1.</summary>
    public double Progress => To > From ? (DoneThrough - From) / (To - From) : 1;

    /// <summary>True once nothing more will be read.</summary>
    public bool IsEnded => State >= BackfillState.Done;
}

/// <summary>What a backfill is doing.</summary>
[GenerateSerializer, Alias("optibid.BackfillState")]
public enum BackfillState : byte
{
    /// <summary>Others are before it.</summary>
    Waiting = 1,

    /// <summary>It reads.</summary>
    Running = 2,

    /// <summary>All of it is published.</summary>
    Done = 3,

    /// <summary>It was given up after repeated failures.</summary>
    Failed = 4,

    /// <summary>It was cancelled.</summary>
    Cancelled = 5,
}

/// <summary>A backfill cannot be had; the message says why and what can.</summary>
[GenerateSerializer, Alias("optibid.BackfillRefusedException")]
public sealed class BackfillRefusedException(string message) : Exception(message);
