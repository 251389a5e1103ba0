using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Zones;

/// <summary>One hour of one feed as its zone knows it.</summary>
internal sealed class FeedHour(FeedQuality row)
{
    private double _volatilitySum;
    private int _volatilityCount;

    /// <summary>What is kept of it.</summary>
    public FeedQuality Row { get; private set; } = row;

    /// <summary>True while the store has not got the row as it is.</summary>
    public bool IsChanged { get; set; }

    /// <summary>True once all of it was due and has been reckoned; later ticks are corrections.</summary>
    public bool IsSettled { get; set; }

    /// <summary>Findings about it that have not ended.</summary>
    public List<QualityEvent> Open { get; } = [];

    /// <summary>Sum and number of the volatilities that newest prices came with.</summary>
    public (double Sum, int Count) Volatility => (_volatilitySum, _volatilityCount);

    public void Add(in FeedCounts counts)
    {
        _volatilitySum += counts.VolatilitySum;
        _volatilityCount += counts.VolatilityCount;
        Set(Row with
        {
            Duplicates = Row.Duplicates + counts.Duplicates,
            Late = Row.Late + counts.Late,
            Revised = Row.Revised + counts.Revised,
            Rejected = Row.Rejected + counts.Rejected,
            FlatLined = Row.FlatLined + counts.FlatLined,
            Spikes = Row.Spikes + counts.Spikes,
            ComponentMismatches = Row.ComponentMismatches + counts.Mismatches,
        });
    }

    /// <summary>Puts what the store has under what has been counted before the store was read.</summary>
    public void Load(FeedQuality stored) => Set(stored with
    {
        Duplicates = stored.Duplicates + Row.Duplicates,
        Late = stored.Late + Row.Late,
        Revised = stored.Revised + Row.Revised,
        Rejected = stored.Rejected + Row.Rejected,
        FlatLined = stored.FlatLined + Row.FlatLined,
        Spikes = stored.Spikes + Row.Spikes,
        ComponentMismatches = stored.ComponentMismatches + Row.ComponentMismatches,
    }, stored);

    /// <summary>Takes a row in place of the one there is.</summary>
    public void Set(FeedQuality row) => Set(row, Row);

    private void Set(FeedQuality row, FeedQuality known)
    {
        if (row != known) IsChanged = true;
        Row = row;
    }
}
