using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>How far a backfill is; progress is 0 to 1.</summary>
internal sealed record BackfillView(
    string Id,
    string Feed,
    DateTimeOffset Start,
    DateTimeOffset End,
    string State,
    DateTimeOffset DoneThrough,
    double Progress,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    RowsView Rows,
    string? Message)
{
    public static BackfillView Of(BackfillStatus job) => new(
        job.Id,
        job.Feed,
        job.From,
        job.To,
        job.State.ToString().ToUpperInvariant(),
        job.DoneThrough,
        Math.Round(job.Progress, 4),
        job.RequestedAt,
        job.EndedAt,
        RowsView.Of(job.Rows),
        job.Message);
}

/// <summary>Backfills, newest first.</summary>
internal sealed record BackfillList(BackfillView[] Items);
