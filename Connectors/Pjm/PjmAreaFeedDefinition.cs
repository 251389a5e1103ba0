using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Pjm;

/// <summary>What a Data Miner 2 feed of load or load forecasts by area is called, and what of it is wanted.</summary>
internal sealed record PjmAreaFeedDefinition
{
    /// <summary>The feed's name in the address.</summary>
    public required string Feed { get; init; }

    /// <summary>What it tells.</summary>
    public required FundamentalKind Kind { get; init; }

    /// <summary>Length of an interval.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Column of the interval's start, UTC.</summary>
    public required PjmColumn Start { get; init; }

    /// <summary>Column of the area.</summary>
    public required PjmColumn Area { get; init; }

    /// <summary>Column of the value, MW.</summary>
    public required PjmColumn Value { get; init; }

    /// <summary>Column of the time a forecast was made, UTC; null for what is measured.</summary>
    public PjmColumn? Evaluated { get; init; }

    /// <summary>The area that stands for all of PJM, as it is asked for.</summary>
    public required string Whole { get; init; }

    /// <summary>When it is asked.</summary>
    public required PollSchedule Schedule { get; init; }

    /// <summary>How far back a fresh deployment reads.</summary>
    public required TimeSpan Lookback { get; init; }

    /// <summary>What is read again behind the cursor.</summary>
    public required Reread Reread { get; init; }

    /// <summary>Longest range of the past asked for at once; null where PJM keeps only the newest.</summary>
    public TimeSpan? BackfillChunk { get; init; }

    /// <summary>How far ahead of its evaluation a forecast reaches; zero for what is measured.</summary>
    public TimeSpan Reach { get; init; }

    /// <summary>True where the rows are chosen by the time they were evaluated, false where by the interval.</summary>
    public bool IsAskedByEvaluation { get; init; }

    /// <summary>Full name, such as <c>pjm:inst_load</c>.</summary>
    public string Name => "pjm:" + Feed;

    /// <summary>The columns, in the order start, area, value, evaluated.</summary>
    public IReadOnlyList<PjmColumn> Columns => Evaluated is null ? [Start, Area, Value] : [Start, Area, Value, Evaluated];

    /// <summary>Whether an area is all of PJM; feeds spell it differently.</summary>
    public static bool IsWhole(ReadOnlySpan<char> area)
    {
        Span<char> letters = stackalloc char[24];
        var length = 0;
        foreach (var one in area)
        {
            if (!char.IsAsciiLetterOrDigit(one)) continue;
            if (length == letters.Length) return false;
            letters[length++] = char.ToUpperInvariant(one);
        }

        return letters[..length] is "PJMRTO" or "RTOCOMBINED" or "RTO" or "PJMRTOCOMBINED" or "PJM";
    }
}
