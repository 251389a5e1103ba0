using System.Diagnostics.Metrics;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Zones;

/// <summary>The meter <c>OptiBid.Connectors</c>: what each feed reads, and how it fares.</summary>
internal sealed class ConnectorMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "OptiBid.Connectors";

    private readonly Counter<long> _read;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;

    public ConnectorMeters(IMeterFactory factory)
    {
        var meter = factory.Create(Name);
        _read = meter.CreateCounter<long>("optibid.connector.rows.read", "{row}", "Rows read from a market");
        _accepted = meter.CreateCounter<long>("optibid.connector.rows.accepted", "{row}", "Ticks published from them");
        _rejected = meter.CreateCounter<long>("optibid.connector.rows.rejected", "{row}", "Rows refused");
        _errors = meter.CreateCounter<long>("optibid.connector.errors", "{error}", "Polls that failed");
        _duration = meter.CreateHistogram(
            "optibid.connector.poll.duration",
            "s",
            "Time from asking a market to the last tick published",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });
    }

    public void Published(string feed, FeedPage page, int ticks)
    {
        var tag = Tag(feed);
        _read.Add(page.RowsRead, tag);
        _accepted.Add(ticks, tag);
        _rejected.Add(page.RowsRejected, tag);
    }

    public void Failed(string feed) => _errors.Add(1, Tag(feed));

    public void Polled(string feed, TimeSpan time) => _duration.Record(time.TotalSeconds, Tag(feed));

    private static KeyValuePair<string, object?> Tag(string feed) => new("feed", feed);
}
