using System.Diagnostics.Metrics;

namespace OptiBid.History.Writing;

/// <summary>The writer's instruments; meter <c>OptiBid.History</c>.</summary>
internal sealed class WriterInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OptiBid.History";

    private readonly Counter<long> _written;
    private readonly Histogram<long> _batchSize;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _givenUp;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _setAside;
    private readonly Meter _meter;

    public WriterInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _written = _meter.CreateCounter<long>("optibid.history.ticks.written", "{tick}", "Ticks that are durable in the history.");
        _batchSize = _meter.CreateHistogram<long>("optibid.history.batch.size", "{tick}", "Ticks written by one write.");
        _duration = _meter.CreateHistogram<double>("optibid.history.write.duration", "s", "How long one write took.");
        _givenUp = _meter.CreateCounter<long>("optibid.history.ticks.given_up", "{tick}", "Ticks given up while the store was away; they are read again from Kafka.");
        _failures = _meter.CreateCounter<long>("optibid.history.store.failures", "{failure}", "Writes the store did not take.");
        _setAside = _meter.CreateCounter<long>("optibid.history.ticks.set_aside", "{tick}", "Ticks that no store would ever take.");
    }

    /// <summary>Shows a buffer's content as a gauge.</summary>
    public void Observe(AppendBuffer buffer) => _ = _meter.CreateObservableUpDownCounter(
        "optibid.history.ticks.pending", () => (long)buffer.Held, "{tick}", "Ticks held by the writer, not durable yet.");

    public void Written(int count, TimeSpan took)
    {
        _written.Add(count);
        _batchSize.Record(count);
        _duration.Record(took.TotalSeconds);
    }

    public void GivenUp(int count) => _givenUp.Add(count);

    public void Failed() => _failures.Add(1);

    public void SetAside() => _setAside.Add(1);
}
