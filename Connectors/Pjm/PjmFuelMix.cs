using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>Adds up generation by fuel into the renewable share of each hour.</summary>
internal sealed class PjmFuelMix
{
    /// <summary>What PJM counts as renewable, for answers that do not say.</summary>
    private static readonly string[] Renewable = ["Hydro", "Other Renewables", "Solar", "Wind"];

    /// <summary>Nominal: the hour is posted about a quarter of an hour after its end, and rows do not say when.</summary>
    private static readonly TimeSpan PublishedAfter = TimeSpan.FromMinutes(75);

    private readonly SortedDictionary<DateTimeOffset, (double Renewable, double All)> _hours = [];

    /// <summary>Adds the generation of one fuel in an hour. Storage that takes in more than it gives is no generation.</summary>
    /// <param name="hour">Start of the hour, UTC.</param>
    /// <param name="fuel">The fuel.</param>
    /// <param name="isRenewable">What the row says of it; null where it does not.</param>
    /// <param name="megawatts">Generation, MW.</param>
    public void Add(DateTimeOffset hour, ReadOnlySpan<char> fuel, bool? isRenewable, double megawatts)
    {
        var generated = Math.Max(0, megawatts);
        var (renewable, all) = _hours.GetValueOrDefault(hour);
        _hours[hour] = (renewable + (isRenewable ?? IsRenewable(fuel) ? generated : 0), all + generated);
    }

    /// <summary>The shares, percent, oldest first; an hour without generation has none.</summary>
    /// <param name="isCutShort">True for an answer that does not go on to its end: fuels of its newest hour may be missing.</param>
    public IEnumerable<Fundamental> Shares(bool isCutShort) => _hours
        .Take(isCutShort ? _hours.Count - 1 : _hours.Count)
        .Where(hour => hour.Value.All > 0)
        .Select(hour => new Fundamental(FundamentalKind.RenewableShare, hour.Key, 60, 100 * hour.Value.Renewable / hour.Value.All, hour.Key + PublishedAfter));

    private static bool IsRenewable(ReadOnlySpan<char> fuel)
    {
        foreach (var one in Renewable)
        {
            if (fuel.Equals(one, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }
}
