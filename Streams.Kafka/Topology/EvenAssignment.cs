using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Topology;

/// <summary>
/// Which silo reads which queue, worked out by every silo alone and alike from nothing but the two sets. No silo
/// has more than one queue above another, and a queue goes to the silo it likes best among those with room
/// (rendezvous hashing, Thaler and Ravishankar 1998, with a bound), so most stay where they are when a silo
/// comes or goes.
/// </summary>
internal static class EvenAssignment
{
    public static IReadOnlyDictionary<QueueId, SiloAddress> Of(IReadOnlyCollection<SiloAddress> silos, IReadOnlyCollection<QueueId> queues)
    {
        var owners = new Dictionary<QueueId, SiloAddress>(queues.Count);
        if (silos.Count == 0) return owners;

        var (share, extra) = Math.DivRem(queues.Count, silos.Count);
        var load = silos.ToDictionary(silo => silo, _ => 0);
        foreach (var queue in queues.Order())
        {
            var owner = load
                .Where(entry => entry.Value < share || (entry.Value == share && extra > 0))
                .OrderByDescending(entry => Liking(queue, entry.Key))
                .ThenBy(entry => entry.Key)
                .First().Key;
            if (++load[owner] > share) extra--;
            owners[queue] = owner;
        }

        return owners;
    }

    private static uint Liking(QueueId queue, SiloAddress silo) =>
        Scatter.Mix(queue.GetUniformHashCode() ^ Scatter.Mix((uint)silo.GetConsistentHashCode()));
}
