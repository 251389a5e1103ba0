using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Time;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Nyiso;

/// <summary>
/// NYISO's time stamps, Eastern Prevailing Time. The hour that occurs twice in autumn is told apart by the column <c>Time Zone</c>
/// where a file has one, else by the order in which a file lists each place's stamps. For one file at a time.
/// </summary>
/// <param name="interval">Distance of a place's stamps: where it is an hour, an equal stamp is the repeat.</param>
internal sealed class NyisoLabels(TimeSpan interval)
{
    private static readonly string[] Formats = ["M/d/yyyy H:mm:ss", "M/d/yyyy H:mm"];

    private readonly Dictionary<string, (DateTime Local, bool Repeated)> _series = new(StringComparer.Ordinal);
    private (string Text, DateTime Local) _last = ("", default);
    private bool _isRepeated;

    /// <summary>Reads a stamp of a series, such as a place. False when it is no time.</summary>
    public bool TryRead(string text, out DateTime local)
    {
        // A file of many places has the same stamp in many rows.
        if (text == _last.Text)
        {
            local = _last.Local;
            return true;
        }

        if (!DateTime.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out local)) return false;
        _last = (text, local);
        return true;
    }

    /// <summary>The instant of a stamp, by the order of the file. False when the day has no such time.</summary>
    /// <param name="local">The stamp.</param>
    /// <param name="series">Whose it is.</param>
    /// <param name="utc">The instant.</param>
    public bool TryToUtc(DateTime local, string series, out DateTimeOffset utc)
    {
        if (!MarketClocks.Eastern.IsAmbiguousTime(local))
        {
            _isRepeated = false;
        }
        else if (_series.TryGetValue(series, out var before))
        {
            _isRepeated = before.Local > local
                || (before.Local == local && interval >= TimeSpan.FromHours(1))
                || (before.Repeated && before.Local <= local);
        }

        // A place that is met for the first time within the hour is where the row before it was.
        _series[series] = (local, _isRepeated);
        return WallClock.TryToUtc(local, _isRepeated, MarketClocks.Eastern, out utc);
    }

    /// <summary>The instant of a row's stamp, by its <c>Time Zone</c> (EDT or EST) where it has one, else by the order of the file.</summary>
    /// <param name="csv">The file, at the row.</param>
    /// <param name="time">Column of the stamp.</param>
    /// <param name="timeZone">Column of the time zone, or -1.</param>
    /// <param name="series">Whose the stamp is.</param>
    /// <param name="utc">The instant.</param>
    public bool TryToUtc(CsvTable csv, int time, int timeZone, string series, out DateTimeOffset utc)
    {
        utc = default;
        if (!TryRead(csv[time], out var local)) return false;
        return (timeZone < 0 ? "" : csv[timeZone]) switch
        {
            "" => TryToUtc(local, series, out utc),
            "EDT" => WallClock.TryToUtc(local, repeated: false, MarketClocks.Eastern, out utc),
            "EST" => WallClock.TryToUtc(local, MarketClocks.Eastern.IsAmbiguousTime(local), MarketClocks.Eastern, out utc),
            _ => false,
        };
    }

    /// <summary>The instant of a stamp that stands alone: of two that it may mean the later, unless that is still to come.</summary>
    public static bool TryToUtc(DateTime local, DateTimeOffset now, out DateTimeOffset utc) =>
        (MarketClocks.Eastern.IsAmbiguousTime(local) && WallClock.TryToUtc(local, repeated: true, MarketClocks.Eastern, out utc) && utc <= now + TimeSpan.FromMinutes(10))
        || WallClock.TryToUtc(local, repeated: false, MarketClocks.Eastern, out utc);
}
