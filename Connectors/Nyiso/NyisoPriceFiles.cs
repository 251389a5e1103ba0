using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>The price files of NYISO's Market Information System, each for zones and for generators.</summary>
internal static class NyisoPriceFiles
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<NyisoPriceFile> All { get; } =
    [
        RealTime("realtime_zone", TimeSpan.FromDays(31)),
        RealTime("realtime_gen", TimeSpan.FromDays(7)),
        Hourly("rtlbmp_zone"),
        Hourly("rtlbmp_gen"),
        DayAhead("damlbmp_zone"),
        DayAhead("damlbmp_gen"),
    ];

    /// <summary>Each dispatch run, posted about when the five minutes it is for begin. The stamp is their end.</summary>
    private static NyisoPriceFile RealTime(string stem, TimeSpan chunk) => new(new("realtime", stem), PriceType.RealTime5Min)
    {
        IsIntervalEnding = true,
        NewestPath = $"realtime/{stem}_lbmp.csv",
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(75)),
        Reread = new(TimeSpan.FromDays(2), TimeSpan.FromHours(6)),
        Lookback = TimeSpan.FromHours(1),
        BackfillChunk = chunk,
        PublishedAt = start => start + TimeSpan.FromMinutes(1),
    };

    /// <summary>The hour's time-weighted mean, after its end. The stamp is its start.</summary>
    private static NyisoPriceFile Hourly(string stem) => new(new("rtlbmp", stem), PriceType.RealTimeHourly)
    {
        Schedule = PollSchedule.Every(TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(6)),
        Reread = new(TimeSpan.FromDays(5), TimeSpan.FromDays(1)),
        Lookback = TimeSpan.FromDays(1),
        PublishedAt = start => start + TimeSpan.FromMinutes(75),
    };

    /// <summary>By eleven o'clock of the day before. The stamp is the hour's start.</summary>
    private static NyisoPriceFile DayAhead(string stem) => new(new("damlbmp", stem), PriceType.DayAheadHourly)
    {
        Schedule = PollSchedule.Around(
            MarketClocks.Eastern,
            new TimeOnly(9, 30),
            new TimeOnly(14, 0),
            PollSchedule.Every(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(1)),
            PollSchedule.Every(TimeSpan.FromHours(3), TimeSpan.FromMinutes(10))),
        Reread = new(TimeSpan.FromDays(3), TimeSpan.FromHours(6)),
        Lookback = TimeSpan.FromDays(1),
        DaysAhead = 1,
        PublishedAt = start => DayAheadPublication.Of(start, MarketZone.NYISO) - TimeSpan.FromHours(2),
    };
}
