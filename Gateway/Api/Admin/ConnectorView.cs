using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>A zone's connector, as operators see it.</summary>
internal sealed record ConnectorView(string MarketZone, PauseView? Paused, double? Load, double? LoadForecast, double? RenewablePercentage, FeedView[] Feeds)
{
    public static ConnectorView Of(ConnectorStatus status, DateTimeOffset now) => new(
        status.Zone.Name(), PauseView.Of(status.Pause), status.Load, status.LoadForecast, status.RenewablePercentage, [.. status.Feeds.Select(feed => FeedView.Of(feed, now))]);
}

/// <summary>Since when and by whom a connector is paused.</summary>
internal sealed record PauseView(DateTime Since, string By)
{
    public static PauseView? Of(ConnectorPause? pause) => pause is null ? null : new(ApiTime.Of(pause.Since), pause.By);
}

/// <summary>One feed: lag is the time since the end of the newest interval published, seconds, negative for day-ahead prices.</summary>
internal sealed record FeedView(
    string Feed,
    string? Source,
    DateTime? LastSuccess,
    string? LastError,
    DateTime? LastErrorAt,
    int FailuresInARow,
    string? Warning,
    DateTime? ReadThrough,
    double? LagSeconds,
    DateTime? NextPoll,
    int Holes,
    RowsView Rows)
{
    public static FeedView Of(FeedStatus feed, DateTimeOffset now) => new(
        feed.Feed,
        feed.Source,
        ApiTime.Of(feed.LastSuccess),
        feed.LastError,
        ApiTime.Of(feed.LastErrorAt),
        feed.Failures,
        feed.Warning,
        ApiTime.Of(feed.ReadThrough),
        feed.ReadThrough is { } reached ? Math.Round((now - reached).TotalSeconds, 1) : null,
        ApiTime.Of(feed.NextPoll),
        feed.Holes,
        RowsView.Of(feed.Rows));
}

/// <summary>What became of rows.</summary>
internal sealed record RowsView(long Read, long Accepted, long Revised, long Duplicate, long Rejected)
{
    public static RowsView Of(FeedRows rows) => new(rows.Read, rows.Accepted, rows.Revised, rows.Duplicate, rows.Rejected);
}
