using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Admin;

/// <summary>How far a backfill is; progress is 0 to 1.</summary>
internal sealed record BackfillView(
    string Id,
    string Feed,
    DateTime Start,
    DateTime End,
    string State,
    DateTime DoneThrough,
    double Progress,
    DateTime RequestedAt,
    DateTime? EndedAt,
    RowsView Rows,
    string? Message)
{
    public static BackfillView Of(BackfillStatus job) => new(
        job.Id,
        job.Feed,
        ApiTime.Of(job.From),
        ApiTime.Of(job.To),
        job.State.ToString().ToUpperInvariant(),
        ApiTime.Of(job.DoneThrough),
        Math.Round(job.Progress, 4),
        ApiTime.Of(job.RequestedAt),
        ApiTime.Of(job.EndedAt),
        RowsView.Of(job.Rows),
        job.Message);
}

/// <summary>Backfills, newest first.</summary>
internal sealed record BackfillList(BackfillView[] Items);
