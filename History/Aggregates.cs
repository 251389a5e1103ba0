namespace OptiBid.History;

/// <summary>What a bucket says of its prices, beside how many there are and what they cover.</summary>
[Flags]
public enum Aggregates
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Arithmetic mean.</summary>
    Average = 1,

    /// <summary>Lowest.</summary>
    Min = 2,

    /// <summary>Highest.</summary>
    Max = 4,

    /// <summary>Of the earliest interval.</summary>
    First = 8,

    /// <summary>Of the latest interval.</summary>
    Last = 16,

    /// <summary>Sample standard deviation.</summary>
    StandardDeviation = 32,

    /// <summary>All of them.</summary>
    All = 63,
}
