using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>
/// The share of renewable sources in a fuel mix. Renewable is what California counts towards its portfolio standard, as the Outlook
/// does: sun, wind, geothermal, biomass, biogas and small hydro; not large hydro, and not nuclear.
/// </summary>
/// <remarks>
/// The share is of what is generated within the market: imports are left out, for nobody says what they were made of, and so are
/// batteries, which give back what was generated before. A source that draws power (solar parks at night) counts as zero.
/// A column that is new counts as generation that is not renewable.
/// </remarks>
internal sealed class FuelMix
{
    private static readonly HashSet<string> Renewable = new(StringComparer.OrdinalIgnoreCase) { "Solar", "Wind", "Geothermal", "Biomass", "Biogas", "Small hydro" };

    private static readonly HashSet<string> NoGeneration = new(StringComparer.OrdinalIgnoreCase) { "Imports", "Import", "Batteries", "Battery", "Storage", "Demand", "Total" };

    private readonly bool[] _isRenewable;
    private readonly bool[] _isGeneration;

    /// <summary>For a file's columns.</summary>
    /// <exception cref="MarketFeedException">Sun or wind is missing.</exception>
    public FuelMix(string feed, IReadOnlyList<string> columns)
    {
        foreach (var needed in (ReadOnlySpan<string>)["Solar", "Wind"])
        {
            if (!columns.Contains(needed, StringComparer.OrdinalIgnoreCase))
                throw new MarketFeedException(feed, $"column {needed} is missing; the columns are: {string.Join(", ", columns)}");
        }

        _isRenewable = [.. columns.Select(Renewable.Contains)];
        _isGeneration = [.. columns.Select(column => !NoGeneration.Contains(column))];
    }

    /// <summary>The share, percent; null when a source has no number, or nothing is generated.</summary>
    public double? Share(double?[] megawatts)
    {
        var (renewable, all) = (0.0, 0.0);
        for (var i = 0; i < megawatts.Length; i++)
        {
            if (!_isGeneration[i]) continue;
            if (megawatts[i] is not { } output) return null;
            all += Math.Max(0, output);
            if (_isRenewable[i]) renewable += Math.Max(0, output);
        }

        return all > 0 ? 100 * renewable / all : null;
    }
}
