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
    private const string Units = "MHDWO";

    /// <summary>Whether there are buckets of this length.</summary>
    internal bool IsValid => Count >= 1 && Count <= Most(Unit);

    /// <summary>How long most buckets are.</summary>
    internal TimeSpan Usual => Unit switch
    {
        BucketUnit.Minute => TimeSpan.FromMinutes(Count),
        BucketUnit.Day => TimeSpan.FromDays(Count),
        _ => TimeSpan.FromDays(30 * Count),
    };

    /// <summary>How long none is longer than.</summary>
    internal TimeSpan Longest => Unit switch
    {
        BucketUnit.Minute when 60 % Count == 0 => TimeSpan.FromMinutes(Count),
        BucketUnit.Month => TimeSpan.FromDays(31 * Count) + TimeSpan.FromHours(1),
        _ => Usual + TimeSpan.FromHours(1),
    };

    /// <summary>
    /// Reads a length: <c>5m</c>, <c>4h</c>, <c>1d</c>, <c>1w</c>, <c>1mo</c>, or in ISO 8601 <c>PT15M</c>, <c>PT4H</c>,
    /// <c>P1D</c>, <c>P1W</c>, <c>P1M</c>. Minutes and hours up to a day, days and weeks up to a year, months up to twelve.
    /// In any case.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out BucketLength length)
    {
        length = default;
        var word = (text ?? "").ToUpperInvariant();
        var start = word.StartsWith("PT", StringComparison.Ordinal) ? 2 : word.StartsWith('P') ? 1 : 0;
        var end = word.Length;
        while (end > start && Units.Contains(word[end - 1], StringComparison.Ordinal)) end--;
        var digits = word.AsSpan(start, end - start);
        if (digits.ContainsAnyExceptInRange('0', '9') || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > 1440) return false;

        var read = (word[..start] + word[end..]) switch
        {
            "M" or "PTM" => new(count, BucketUnit.Minute),
            "H" or "PTH" => new(count * 60, BucketUnit.Minute),
            "D" or "PD" => new(count, BucketUnit.Day),
            "W" or "PW" => new(count * 7, BucketUnit.Day),
            "MO" or "PM" => new(count, BucketUnit.Month),
            _ => default(BucketLength),
        };
        if (!read.IsValid) return false;

        length = read;
        return true;
    }

    private static int Most(BucketUnit unit) => unit switch
    {
        BucketUnit.Minute => 1440,
        BucketUnit.Day => 366,
        BucketUnit.Month => 12,
        _ => 0,
    };
}
