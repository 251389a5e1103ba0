using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Caching;

/// <summary>
/// What this gateway has been told of changes in the history, and so whether what was read at some time may still be shown.
/// </summary>
/// <remarks>
/// Silos tell every gateway which days of which series they have written, once it is durable. Whatever is told gets the next
/// number here, and a reading notes the number at which it begins: what it read holds as long as nothing it is made of has a
/// greater one. Judging by the beginning, and not by when an answer was put away, is what makes a write that comes in the
/// middle of a reading count. No clock is asked.
///
/// Answers of other gateways, out of the shared level, have numbers of their own. They hold if by the clock their reading
/// began after the last change that this gateway was told of, and by more than clocks may differ.
///
/// When messages may have been missed, everything read until then is over: a silo that is new or was lost touch with, a
/// number of a silo's that was left out, a silo that is gone and may not have told its last. While a silo is silent, nothing
/// holds (<see cref="HearsAll"/>).
/// </remarks>
internal sealed class HistoryChanges
{
    /// <summary>How long a silo may be silent; three of its beats and a little.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(7);

    private readonly TimeProvider _clock;
    private readonly TimeSpan _tolerance;
    private readonly long _gateway = Random.Shared.NextInt64(1, long.MaxValue);
    private readonly Lock _gate = new();
    private readonly Dictionary<(MarketZone Zone, PriceType Type), SeriesChanges> _series = [];
    private readonly Dictionary<SiloAddress, Source> _silos = [];
    private Told _last;

    // Whatever was read before is over.
    private Told _floor;

    public HistoryChanges(TimeProvider clock, IOptions<CacheOptions> options)
    {
        _clock = clock;
        _tolerance = options.Value.ClockTolerance;
        _floor = Next();
    }

    /// <summary>True while every silo that this gateway listens to has been heard of lately, and there is one.</summary>
    public bool HearsAll
    {
        get
        {
            var now = _clock.GetTimestamp();
            lock (_gate) return _silos.Count > 0 && _silos.Values.All(source => _clock.GetElapsedTime(source.HeardAt, now) < Patience);
        }
    }

    /// <summary>Days of series kept apart.</summary>
    public int Days
    {
        get { lock (_gate) return _series.Values.Sum(static series => series.Count); }
    }

    /// <summary>The start of a reading that begins now.</summary>
    public ReadingStart Begin()
    {
        lock (_gate) return new(_gateway, _last.Number, _clock.GetUtcNow());
    }

    /// <summary>Takes note of what a silo tells.</summary>
    public void Hear(HistoryNotice notice)
    {
        lock (_gate)
        {
            var told = Next();
            foreach (var (zone, type, first, last) in notice.Written)
            {
                if (!_series.TryGetValue((zone, type), out var series)) _series.Add((zone, type), series = new SeriesChanges());
                series.Note(first.DayNumber, last.DayNumber, told);
            }

            // One of a silo that is not known (yet, or any more) has nothing to say about what was missed.
            if (!_silos.TryGetValue(notice.Silo, out var source)) return;
            if (source.Next != notice.Number && notice.Number >= (source.Next ?? 0)) _floor = told;
            source.HeardAt = _clock.GetTimestamp();
            source.Next = Math.Max(source.Next ?? 0, notice.Number + 1);
        }
    }

    /// <summary>This gateway listens to a silo from now on, or again after it may have missed something.</summary>
    public void Subscribed(SiloAddress silo)
    {
        lock (_gate)
        {
            _silos[silo] = new Source { HeardAt = _clock.GetTimestamp() };
            _floor = Next();
        }
    }

    /// <summary>A silo is gone.</summary>
    public void Gone(SiloAddress silo)
    {
        lock (_gate)
        {
            _silos.Remove(silo);
            _floor = Next();
        }
    }

    /// <summary>Everything read until now is over.</summary>
    public void Forget()
    {
        lock (_gate) _floor = Next();
    }

    /// <summary>True if nothing that an answer is made of has changed since its reading began, for all that this gateway was told.</summary>
    public bool Holds(ReadingStart reading, HistoryScope scope)
    {
        Told last;
        lock (_gate) last = LastChange(scope);
        if (reading.Gateway == _gateway) return reading.Number >= last.Number;

        // One from the future is of a clock that goes wrong by more than they may.
        return reading.At - _tolerance > last.At && reading.At - _tolerance <= _clock.GetUtcNow();
    }

    private Told LastChange(HistoryScope scope)
    {
        var last = _floor;
        foreach (var ((zone, type), series) in _series)
        {
            if (scope.Includes(zone, type)) last = series.Last(scope.FirstDay, scope.LastDay, last);
        }

        return last;
    }

    private Told Next()
    {
        // A clock that is set back must not make the past look like the present.
        var now = _clock.GetUtcNow();
        return _last = new Told(_last.Number + 1, now > _last.At ? now : _last.At);
    }

    private sealed class Source
    {
        public long HeardAt { get; set; }

        /// <summary>The number of its next notice; null until the first.</summary>
        public long? Next { get; set; }
    }
}
