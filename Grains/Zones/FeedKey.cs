using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Zones;

/// <summary>What is counted together: one price series of one feed.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Type">The series; null for records that could not be read.</param>
internal readonly record struct FeedKey(string Feed, PriceType? Type)
{
    /// <summary>Feeds that are told apart in a zone; markets have a dozen, and a producer gone wrong makes names up without end.</summary>
    public const int Most = 64;

    /// <summary>How long an hour is counted and reckoned anew: markets correct the last days. Older hours are the history's alone.</summary>
    public static readonly TimeSpan Reach = TimeSpan.FromDays(7);

    /// <summary>Start of the hour that an instant lies in, UTC.</summary>
    public static DateTimeOffset HourOf(DateTimeOffset instant) => new(instant.UtcTicks - instant.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
}
