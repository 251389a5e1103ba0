using System.Globalization;
using OptiBid.Connectors.Caiso.Prices;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Caiso.Corrections;

/// <summary>
/// Reads the summary of price corrections of a trade date: a row per interval, market and method. Markets and methods without a
/// correction stand there too, with a reason that says so.
/// </summary>
/// <param name="feed">The feed, for errors.</param>
/// <param name="now">When, UTC.</param>
internal sealed class CorrectionRows(string feed, DateTimeOffset now)
{
    private const string None = "No records found";

    private readonly Dictionary<(CaisoFeedDefinition Report, DateTimeOffset Start), DateTimeOffset> _corrections = [];
    private readonly Dictionary<string, int> _rejections = new(StringComparer.Ordinal);

    /// <summary>Rows read.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows refused, by reason.</summary>
    public IReadOnlyDictionary<string, int> Rejections => _rejections;

    /// <summary>The intervals corrected, each as it was last.</summary>
    public IEnumerable<PriceCorrection> Corrections => _corrections.Select(entry => new PriceCorrection(entry.Key.Report, entry.Key.Start, entry.Value));

    /// <summary>Takes in a CSV file.</summary>
    public void Add(Stream content)
    {
        using var csv = new CsvTable(feed, content);
        var (date, hour, interval) = (csv.Column("TRADE_DATE", "OPR_DT"), csv.Column("HOUR_ENDING", "OPR_HR"), csv.Find("INTERVAL", "OPR_INTERVAL"));
        var (market, reason, generated) = (csv.Column("MARKET", "MARKET_RUN_ID"), csv.Find("CORRECTION_REASON"), csv.Column("REPORT_GENERATED"));
        while (csv.Read())
        {
            Rows++;
            if (!csv.IsWhole) Reject("the row is shorter than the header");
            else if (csv[hour].Length == 0 || (reason >= 0 && csv[reason].StartsWith(None, StringComparison.OrdinalIgnoreCase))) continue;
            else if (Report(csv[market]) is not { } report) continue;
            else if (!TryStart(csv[date], csv[hour], out var start)) Reject("TRADE_DATE and HOUR_ENDING are no hour of the market");
            else if (!TryGenerated(csv[generated], out var at) || at > now.AddHours(1)) Reject("REPORT_GENERATED is no time, or one to come");
            else if (at <= report.PublishedAt(start)) Reject("REPORT_GENERATED is before the price was published");
            else if (!Take(report, start, interval < 0 ? "" : csv[interval], at)) Reject("INTERVAL is no interval of the hour");
        }
    }

    /// <summary>An interval is numbered within its hour, from 1; where it is not, the whole hour is meant.</summary>
    private bool Take(CaisoFeedDefinition report, DateTimeOffset hour, string number, DateTimeOffset generated)
    {
        var inHour = Math.Max(1, (int)(TimeSpan.FromHours(1) / report.Interval));
        var which = number.Length == 0 ? 0 : FeedNumber.TryParse(number, out var read) ? (int)read : -1;
        if (which < 0 || (which > inHour && inHour > 1)) return false;
        for (var i = 0; i < inHour; i++)
        {
            var key = (report, hour + i * report.Interval);
            if (inHour > 1 && which > 0 && which != i + 1) continue;
            if (!_corrections.TryGetValue(key, out var before) || before < generated) _corrections[key] = generated;
        }

        return true;
    }

    private void Reject(string why) => _rejections[why] = _rejections.GetValueOrDefault(why) + 1;

    /// <summary>The markets are named by their runs: day-ahead, fifteen minutes, dispatch.</summary>
    private static CaisoFeedDefinition? Report(string market) => market.ToUpperInvariant() switch
    {
        "DAM" or "IFM" => CaisoFeeds.DayAhead,
        "FMM" or "RTPD" => CaisoFeeds.FifteenMinute,
        "RTD" or "RTM" => CaisoFeeds.RealTime,
        _ => null,
    };

    /// <summary>Hour 25 is the repeated one of autumn, which lies between 2 and 3.</summary>
    private static bool TryStart(string date, string hour, out DateTimeOffset start)
    {
        start = default;
        return DateTime.TryParse(date, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && FeedNumber.TryParse(hour, out var ending)
            && new HourEnding(DateOnly.FromDateTime(day), ending == 25 ? 2 : (int)ending, Repeated: ending == 25).TryToUtc(MarketClocks.Pacific, out start);
    }

    /// <summary>On the market's wall clock, unless it says which offset it has.</summary>
    private static bool TryGenerated(string text, out DateTimeOffset at)
    {
        at = default;
        if (!DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var local)) return false;
        if (local.Kind == DateTimeKind.Unspecified) return WallClock.TryToUtc(local, repeated: false, MarketClocks.Pacific, out at);
        at = new DateTimeOffset(local.ToUniversalTime(), TimeSpan.Zero);
        return true;
    }
}
