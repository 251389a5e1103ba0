using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>Names on the wire of what a bucket says of its prices.</summary>
internal static class AggregateNames
{
    private static readonly (string Name, Aggregates Aggregate)[] Known =
    [
        ("average", Aggregates.Average), ("min", Aggregates.Min), ("max", Aggregates.Max),
        ("first", Aggregates.First), ("last", Aggregates.Last), ("standard_deviation", Aggregates.StandardDeviation),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Known.Select(static known => known.Name)];

    /// <summary>The one of the name, in any case; none for another.</summary>
    public static Aggregates Of(string name) =>
        Known.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase)).Aggregate;

    /// <summary>Those of the names; all for no name.</summary>
    public static Aggregates Of(IReadOnlyList<string> names) =>
        names.Count == 0 ? Aggregates.All : names.Aggregate(Aggregates.None, static (asked, name) => asked | Of(name));
}
