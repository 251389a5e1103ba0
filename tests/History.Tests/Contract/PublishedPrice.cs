namespace OptiBid.History.Tests.Contract;

/// <summary>What a history must know of one price: the plain reading of the rules, publication after publication.</summary>
internal static class PublishedPrice
{
    /// <summary>Every value it has had, of all of its publications, in any order, or those until an instant.</summary>
    public static List<(PriceTick Tick, DateTimeOffset? SupersededAt)> Revisions(IEnumerable<PriceTick> publications, DateTimeOffset? asOf = null)
    {
        var shown = new List<(PriceTick Tick, DateTimeOffset? SupersededAt)>();
        foreach (var tick in publications.Where(tick => asOf is null || tick.PublishedAt <= asOf).OrderBy(tick => tick.PublishedAt).ThenBy(tick => tick.Sequence))
        {
            var own = Math.Max(1, tick.Revision);
            if (shown.Count == 0)
            {
                shown.Add((tick with { Revision = own }, null));
                continue;
            }

            var last = shown[^1].Tick;
            if (last.HasSameValue(tick))
            {
                shown[^1] = (last with { Revision = Math.Max(last.Revision, own) }, null);
            }
            else
            {
                shown[^1] = (last, tick.PublishedAt);
                shown.Add((tick with { Revision = Math.Max(last.Revision + 1, own) }, null));
            }
        }

        return shown;
    }
}
