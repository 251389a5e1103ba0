using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>One kind of price file.</summary>
/// <param name="File">Where it is.</param>
/// <param name="PriceType">The price series.</param>
internal sealed record NyisoPriceFile(NyisoFile File, PriceType PriceType)
{
    /// <summary>Whether its places are zones and borders, not generators.</summary>
    public bool IsZonal => File.Stem.EndsWith("_zone", StringComparison.Ordinal);

    /// <summary>Whether a stamp is the end of its interval, not the start.</summary>
    public bool IsIntervalEnding { get; init; }

    /// <summary>Path of the file that holds the newest dispatch run alone; null where there is none.</summary>
    public string? NewestPath { get; init; }

    /// <summary>When it is asked for.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far back a fresh deployment reads.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>What is read again behind the cursor.</summary>
    public required Reread Reread { get; init; }

    /// <summary>Longest range of the past asked for at once: a month's archive is fetched whole for any part of it.</summary>
    public TimeSpan BackfillChunk { get; init; } = TimeSpan.FromDays(31);

    /// <summary>Days after today whose files may be there.</summary>
    public int DaysAhead { get; init; }

    /// <summary>When an interval counts as published; rows do not say.</summary>
    public required Func<DateTimeOffset, DateTimeOffset> PublishedAt { get; init; }

    /// <summary>Length of an interval.</summary>
    public TimeSpan Interval => TimeSpan.FromMinutes(PriceType.IntervalMinutes());
}
