using OptiBid.Gateway.Api.Admin;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Api.Backfills;

/// <summary>A range of the past that is being read, feed by feed.</summary>
/// <param name="Id">Its id.</param>
/// <param name="MarketZone">The market.</param>
/// <param name="Start">Start of the range, UTC.</param>
/// <param name="End">Its end, UTC.</param>
/// <param name="State">WAITING, RUNNING, DONE, FAILED or CANCELLED: FAILED when one of its feeds was given up, CANCELLED when one was cancelled.</param>
/// <param name="Progress">Part of the whole that is done, 0 to 1.</param>
/// <param name="RequestedAt">When it was asked for, UTC.</param>
/// <param name="EndedAt">When its last feed ended, UTC; null before that.</param>
/// <param name="Rows">What became of the rows of all its feeds.</param>
/// <param name="Feeds">Its feeds, in the order they are read.</param>
internal sealed record BackfillView(
    string Id,
    string MarketZone,
    DateTime Start,
    DateTime End,
    string State,
    double Progress,
    DateTime RequestedAt,
    DateTime? EndedAt,
    RowsView Rows,
    BackfillFeedView[] Feeds)
{
    /// <param name="zone">The market.</param>
    /// <param name="jobs">The request's feeds, at least one.</param>
    public static BackfillView Of(MarketZone zone, IReadOnlyList<BackfillStatus> jobs)
    {
        var isEnded = jobs.All(static job => job.IsEnded);
        return new(
            new BackfillId(zone, jobs[0].Request).ToString(),
            zone.Name(),
            ApiTime.Of(jobs[0].From),
            ApiTime.Of(jobs[0].To),
            StateOf(jobs, isEnded).ToString().ToUpperInvariant(),
            Math.Round(jobs.Average(static job => job.Progress), 4),
            ApiTime.Of(jobs[0].RequestedAt),
            isEnded ? ApiTime.Of(jobs.Max(static job => job.EndedAt)) : null,
            RowsView.Of(jobs.Aggregate(default(FeedRows), static (sum, job) => sum + job.Rows)),
            [.. jobs.Select(BackfillFeedView.Of)]);
    }

    /// <summary>Requests among a zone's backfills, newest first as these are.</summary>
    public static IEnumerable<BackfillView> AllOf(MarketZone zone, IEnumerable<BackfillStatus> newestFirst) =>
        newestFirst.GroupBy(static job => job.Request).Select(request => Of(zone, [.. request.Reverse()]));

    private static BackfillState StateOf(IReadOnlyList<BackfillStatus> jobs, bool isEnded) =>
        !isEnded ? jobs.All(static job => job.State == BackfillState.Waiting) ? BackfillState.Waiting : BackfillState.Running
        : jobs.Any(static job => job.State == BackfillState.Failed) ? BackfillState.Failed
        : jobs.Any(static job => job.State == BackfillState.Cancelled) ? BackfillState.Cancelled
        : BackfillState.Done;
}

/// <summary>One feed of it.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="State">WAITING, RUNNING, DONE, FAILED or CANCELLED.</param>
/// <param name="DoneThrough">Up to where it has been read and published, UTC.</param>
/// <param name="Progress">Part of the range that is done, 0 to 1.</param>
/// <param name="EndedAt">When it ended, UTC; null before that.</param>
/// <param name="Rows">What became of its rows.</param>
/// <param name="Message">The last trouble in words; null when there was none.</param>
internal sealed record BackfillFeedView(string Feed, string State, DateTime DoneThrough, double Progress, DateTime? EndedAt, RowsView Rows, string? Message)
{
    public static BackfillFeedView Of(BackfillStatus job) => new(
        job.Feed,
        job.State.ToString().ToUpperInvariant(),
        ApiTime.Of(job.DoneThrough),
        Math.Round(job.Progress, 4),
        ApiTime.Of(job.EndedAt),
        RowsView.Of(job.Rows),
        job.Message);
}

/// <summary>Backfills, newest first within each market.</summary>
internal sealed record BackfillList(BackfillView[] Items);
