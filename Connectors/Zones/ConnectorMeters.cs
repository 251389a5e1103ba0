using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>The meter <c>OptiBid.Connectors</c>: what each feed reads, and how it fares.</summary>
internal sealed class ConnectorMeters
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "OptiBid.Connectors";

    private readonly Counter<long> _read;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _revised;
    private readonly Counter<long> _duplicate;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _errors;
    private readonly Histogram<double> _duration;
    private readonly ConcurrentDictionary<string, FeedStatus> _feeds = new(StringComparer.Ordinal);

    public ConnectorMeters(IMeterFactory factory, TimeProvider clock)
    {
        var meter = factory.Create(Name);
        _read = meter.CreateCounter<long>("optibid.connector.rows.read", "{row}", "Rows read from a market");
        _accepted = meter.CreateCounter<long>("optibid.connector.rows.accepted", "{row}", "Prices published for the first time");
        _revised = meter.CreateCounter<long>("optibid.connector.rows.revised", "{row}", "Prices published with another value than before");
        _duplicate = meter.CreateCounter<long>("optibid.connector.rows.duplicate", "{row}", "Prices published before with the same value");
        _rejected = meter.CreateCounter<long>("optibid.connector.rows.rejected", "{row}", "Rows refused");
        _errors = meter.CreateCounter<long>("optibid.connector.errors", "{error}", "Polls that failed");
        meter.CreateObservableGauge(
            "optibid.connector.lag",
            () => Measure(status => status.ReadThrough is { } reached ? (clock.GetUtcNow() - reached).TotalSeconds : null),
            "s",
            "Time since the end of the newest interval that a feed has published; negative for day-ahead prices");
        meter.CreateObservableGauge("optibid.connector.failures", () => Measure(status => status.Failures), "{poll}", "Polls of a feed that have failed in a row");
        meter.CreateObservableGauge("optibid.connector.holes", () => Measure(status => status.Holes), "{interval}", "Intervals of the last days that the history lacks");
        _duration = meter.CreateHistogram(
            "optibid.connector.poll.duration",
            "s",
            "Time from asking a market to the last tick published",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300] });
    }

    public void Published(string feed, FeedPage page, in PublishedRows.News news)
    {
        var tag = Tag(feed);
        _read.Add(page.RowsRead, tag);
        _accepted.Add(news.Accepted, tag);
        _revised.Add(news.Revised, tag);
        _duplicate.Add(news.Duplicate, tag);
        _rejected.Add(page.RowsRejected, tag);
    }

    /// <summary>Shows what a feed is doing.</summary>
    public void Told(FeedStatus status) => _feeds[status.Feed] = status;

    /// <summary>Shows a feed no more: another silo reads it.</summary>
    public void Forget(string feed) => _feeds.TryRemove(feed, out _);

    public void Failed(string feed) => _errors.Add(1, Tag(feed));

    public void Polled(string feed, TimeSpan time) => _duration.Record(time.TotalSeconds, Tag(feed));

    private IEnumerable<Measurement<double>> Measure(Func<FeedStatus, double?> of) =>
        [.. _feeds.Values.Select(status => (status.Feed, Value: of(status))).Where(told => told.Value is not null).Select(told => new Measurement<double>(told.Value!.Value, Tag(told.Feed)))];

    private static KeyValuePair<string, object?> Tag(string feed) => new("feed", feed);
}
