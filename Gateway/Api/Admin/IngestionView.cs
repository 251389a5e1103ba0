using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>What one fetch of a feed did.</summary>
internal sealed record IngestionView(
    string MarketZone,
    string Feed,
    DateTime StartedAt,
    double DurationSeconds,
    string Reason,
    string Outcome,
    string? Source,
    DateTime? RangeStart,
    DateTime? RangeEnd,
    DateTime? FirstInterval,
    DateTime? LastInterval,
    RowsView Rows,
    string? Message)
{
    public static IngestionView Of(IngestionRecord record) => new(
        record.Zone.Name(),
        record.Feed,
        ApiTime.Of(record.StartedAt),
        Math.Round(record.Duration.TotalSeconds, 3),
        record.Reason.ToString().ToUpperInvariant(),
        record.Outcome.ToString().ToUpperInvariant(),
        record.Source,
        ApiTime.Of(record.RangeStart),
        ApiTime.Of(record.RangeEnd),
        ApiTime.Of(record.FirstInterval),
        ApiTime.Of(record.LastInterval),
        new RowsView(record.RowsRead, record.Accepted, record.Revised, record.Duplicate, record.Rejected),
        record.Message);
}

/// <summary>Fetches, newest first.</summary>
internal sealed record IngestionList(IReadOnlyList<IngestionView> Items);
