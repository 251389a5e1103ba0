using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones.Backfills;

/// <summary>The queue of backfills as it is kept: whatever is not ended goes on after a crash.</summary>
internal static class BackfillQueue
{
    /// <summary>Backfills that may wait.</summary>
    public const int WaitingAtMost = 100;

    /// <summary>Ended ones that are remembered.</summary>
    public const int EndedKept = 50;

    /// <summary>Adds all that are given or none, and forgets the oldest ended ones.</summary>
    /// <exception cref="BackfillRefusedException">Too many wait.</exception>
    public static List<BackfillStatus> Add(IReadOnlyList<BackfillStatus> queue, IReadOnlyCollection<BackfillStatus> jobs)
    {
        if (queue.Count(other => !other.IsEnded) + jobs.Count > WaitingAtMost)
            throw new BackfillRefusedException($"{WaitingAtMost} backfills may wait, a feed each; cancel some or come back later");

        var ended = queue.Count(other => other.IsEnded) - EndedKept;
        return [.. queue.Where(other => !other.IsEnded || ended-- <= 0), .. jobs];
    }

    /// <summary>Puts a state in place of the one with its id.</summary>
    public static List<BackfillStatus> Replace(IReadOnlyList<BackfillStatus> queue, BackfillStatus job) =>
        [.. queue.Select(other => other.Id == job.Id ? job : other)];
}
