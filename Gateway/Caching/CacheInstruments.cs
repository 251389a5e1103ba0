using System.Diagnostics.Metrics;

namespace OptiBid.Gateway.Caching;

/// <summary>How much the cache of history answers helps, meter <c>OptiBid.Gateway</c>.</summary>
internal sealed class CacheInstruments
{
    private readonly Counter<long> _answers;
    private readonly Counter<long> _bytes;

    public CacheInstruments(IMeterFactory meters, HistoryChanges changes)
    {
        var meter = meters.Create("OptiBid.Gateway");
        _answers = meter.CreateCounter<long>("optibid.history_cache.answers", "{answer}",
            "Answers of the history by what the cache had: hit, miss, stale (kept, but changed since), collapsed (read for another caller at the same time), bypass (not asked)");
        _bytes = meter.CreateCounter<long>("optibid.history_cache.bytes", "By", "Bytes of JSON of these answers, before compression");
        meter.CreateObservableGauge("optibid.history_cache.days", () => changes.Days, "{day}", "Days of price series whose changes are remembered");
    }

    public void Answered(CacheOutcome outcome, int bytes)
    {
        var tag = new KeyValuePair<string, object?>("outcome", outcome switch
        {
            CacheOutcome.Hit => "hit",
            CacheOutcome.Miss => "miss",
            CacheOutcome.Stale => "stale",
            CacheOutcome.Collapsed => "collapsed",
            _ => "bypass",
        });
        _answers.Add(1, tag);
        _bytes.Add(bytes, tag);
    }
}

/// <summary>What the cache had for a call.</summary>
internal enum CacheOutcome
{
    /// <summary>The answer.</summary>
    Hit,

    /// <summary>Nothing.</summary>
    Miss,

    /// <summary>An answer that something was written into since.</summary>
    Stale,

    /// <summary>A reading for another caller, just begun.</summary>
    Collapsed,

    /// <summary>It was not asked: it is off, or the gateway may miss what silos tell.</summary>
    Bypass,
}
