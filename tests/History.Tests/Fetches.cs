namespace OptiBid.History.Tests;

/// <summary>Records of fetches for tests.</summary>
internal static class Fetches
{
    /// <summary>A poll that began so many minutes after noon.</summary>
    public static IngestionRecord At(int minute = 0, string feed = "pjm:rt", MarketZone zone = MarketZone.PJM, IngestionOutcome outcome = IngestionOutcome.Ok) => new()
    {
        Zone = zone,
        Feed = feed,
        StartedAt = Ticks.Noon.AddMinutes(minute),
        Duration = TimeSpan.FromMilliseconds(1_250),
        Reason = IngestionReason.Poll,
        RowsRead = minute,
        Outcome = outcome,
    };

    /// <summary>A record with something in every field.</summary>
    public static IngestionRecord Whole => new()
    {
        Zone = MarketZone.ERCOT,
        Feed = "ercot:'np6-905-cd' \"ünï\" 🙂",
        StartedAt = Ticks.Noon.AddTicks(10),
        Duration = new TimeSpan(1, 2, 3, 4, 5, 6),
        RangeStart = Ticks.Noon.AddHours(-3),
        RangeEnd = Ticks.Noon.AddHours(-1),
        Source = "files; drop table market_data_ingestions; --",
        Reason = IngestionReason.Backfill,
        RowsRead = 15,
        Accepted = 1,
        Duplicate = 2,
        Revised = 4,
        Rejected = 8,
        FirstInterval = Ticks.Noon.AddHours(-2),
        LastInterval = Ticks.Noon.AddHours(-1),
        Outcome = IngestionOutcome.Partial,
        Message = "it's \"half\" — ½ of the rows; 価格 \n\t🙂",
    };
}
