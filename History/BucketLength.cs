using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OptiBid.History;

/// <summary>A unit that buckets are measured in.</summary>
public enum BucketUnit
{
    /// <summary>Minutes of the wall clock, counted from its midnight.</summary>
    Minute,

    /// <summary>Days of the wall clock, counted from Monday, 1 January 2001.</summary>
    Day,

    /// <summary>Months of the calendar, counted from January 2001.</summary>
    Month,
}

/// <summary>
/// Length of the buckets that prices are gathered into: minutes within a day, or whole days, weeks or months. A bucket
/// starts whenever the wall clock shows a whole number of lengths: at 00:00, 06:00, 12:00 and 18:00 for six hours, at
/// midnight for a day. An hour that the clock shows twice has its buckets twice; one it leaves out has none, and a
/// bucket that would start in it starts at the leap. So a day has 23, 24 or 25 buckets of an hour.
/// </summary>
/// <param name="Count">How many units, at least 1.</param>
/// <param name="Unit">The unit.</param>
public readonly record struct BucketLength(int Count, BucketUnit Unit)
{
    /// <summary>
    /// Reads a length: <c>5m</c>, <c>4h</c>, <c>1d</c>, <c>1w</c>, <c>1mo</c>, or in ISO 8601 <c>PT15M</c>, <c>PT4H</c>,
    /// <c>P1D</c>, <c>P1W</c>, <c>P1M</c>. Minutes and hours up to a day, days and weeks up to a year, months up to twelve.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BucketLength length)
    {
        length = default;
        if (string.IsNullOrEmpty(text)) return false;

        var word = text.ToUpperInvariant();
        var (digits, unit) = word[0] == 'P'
            ? word.StartsWith("PT", StringComparison.Ordinal) ? (word[2..^1], "T" + word[^1]) : (word[1..^1], "P" + word[^1])
            : (word.TrimEnd('M', 'O', 'H', 'D', 'W'), word.TrimStart('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'));
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > 1440) return false;

        length = unit switch
        {
            "M" or "TM" => new(count, BucketUnit.Minute),
            "H" or "TH" => new(count * 60, BucketUnit.Minute),
            "D" or "PD" => new(count, BucketUnit.Day),
            "W" or "PW" => new(count * 7, BucketUnit.Day),
            "MO" or "PM" => new(count, BucketUnit.Month),
            _ => default,
        };
        return length.Count >= 1 && length.Count <= Most(length.Unit);
    }

    private static int Most(BucketUnit unit) => unit switch
    {
        BucketUnit.Minute => 1440,
        BucketUnit.Day => 366,
        _ => 12,
    };
}
