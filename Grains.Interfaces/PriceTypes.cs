using System.Diagnostics.CodeAnalysis;

namespace OptiBid.Grains.Interfaces;

/// <summary>The price types there are, how each is written, and how long its interval is.</summary>
public static class PriceTypes
{
    private static readonly string[] Names = ["REAL_TIME_5_MIN", "REAL_TIME_15_MIN", "REAL_TIME_HOURLY", "DAY_AHEAD_HOURLY"];

    /// <summary>All price types, in the order of their numbers.</summary>
    public static IReadOnlyList<PriceType> All { get; } = Enum.GetValues<PriceType>();

    /// <summary>The name on the wire, such as <c>REAL_TIME_5_MIN</c>.</summary>
    public static string Name(this PriceType type) => Names[(int)type - 1];

    /// <summary>Length of the type's interval in minutes.</summary>
    public static short IntervalMinutes(this PriceType type) => type switch
    {
        PriceType.RealTime5Min => 5,
        PriceType.RealTime15Min => 15,
        _ => 60,
    };

    /// <summary>True for prices set ahead of the hours they cover.</summary>
    public static bool IsDayAhead(this PriceType type) => type == PriceType.DayAheadHourly;

    /// <summary>Reads a wire name in any case. False, and no exception, for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PriceType type)
    {
        for (var i = 0; i < Names.Length; i++)
        {
            if (string.Equals(Names[i], text, StringComparison.OrdinalIgnoreCase))
            {
                type = (PriceType)(i + 1);
                return true;
            }
        }

        type = default;
        return false;
    }
}
