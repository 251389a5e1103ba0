using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Nyiso;

/// <summary>One kind of file that tells of New York as a whole.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Read">Reads one.</param>
internal sealed record NyisoFundamentalFile(NyisoFile File, Func<FundamentalPageBuilder, Stream, FeedPage> Read)
{
    /// <summary>When it is asked for.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far back a fresh deployment reads, and any after a start.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>How far ahead an interval may start.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Days after today whose files may be there.</summary>
    public int DaysAhead { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<NyisoFundamentalFile> All { get; } =
    [
        new(new("pal", "pal"), NyisoLoad.Read)
        {
            Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(2)),
            Lookback = TimeSpan.FromHours(3),
        },
        new(new("rtfuelmix", "rtfuelmix"), NyisoFuelMix.Read)
        {
            Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(1)),
            Lookback = TimeSpan.FromHours(3),
        },
        new(new("isolf", "isolf"), NyisoLoadForecast.Read)
        {
            Schedule = PollSchedule.Every(TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10)),
            Lookback = TimeSpan.FromDays(1),
            Ahead = TimeSpan.FromDays(10),
            DaysAhead = 1,
        },
    ];
}
