namespace OptiBid.Cluster.Tests;

/// <summary>What markets have published, against what the history has.</summary>
/// <param name="published">Every version.</param>
internal sealed class PriceLedger(IEnumerable<PublishedPrice> published)
{
    private const double Tolerance = 1e-6;

    private readonly Dictionary<PriceKey, PublishedPrice[]> _published =
        published.GroupBy(price => price.Key).ToDictionary(group => group.Key, group => group.OrderBy(price => price.Version).ToArray());

    /// <summary>Prices published, each counted once however often it was corrected.</summary>
    public int Prices => _published.Count;

    /// <summary>Versions published.</summary>
    public int Versions => _published.Values.Sum(versions => versions.Length);

    /// <summary>Places published.</summary>
    public IEnumerable<(string Zone, string Location)> Places => _published.Keys.Select(key => (key.Zone, key.Location)).Distinct();

    /// <summary>Prices that the history lacks or has with another than the newest value.</summary>
    public List<PublishedPrice> Missing(IEnumerable<HistoryPrice> history)
    {
        var rows = history.ToLookup(row => row.Key);
        return [.. _published.Values.Select(versions => versions[^1]).Where(newest => !rows[newest.Key].Any(row => IsSame(row.Price, newest.Price)))];
    }

    /// <summary>Rows of the history that were never published, or not with that value.</summary>
    public List<HistoryPrice> Unpublished(IEnumerable<HistoryPrice> history) =>
        [.. history.Where(row => !_published.TryGetValue(row.Key, out var versions) || !versions.Any(version => IsSame(version.Price, row.Price)))];

    /// <summary>Prices of which an earlier value had been in the history before the newest came, as an earlier look shows.</summary>
    public HashSet<PriceKey> CorrectedSince(IEnumerable<HistoryPrice> earlier) =>
        [.. earlier.Where(row => _published.TryGetValue(row.Key, out var versions) && !IsSame(versions[^1].Price, row.Price)).Select(row => row.Key)];

    private static bool IsSame(double one, double other) => Math.Abs(one - other) < Tolerance;
}
