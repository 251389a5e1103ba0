using System.Net;
using FsCheck.Xunit;
using OptiBid.Streams.Kafka.Topology;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Tests.Topology;

public class EvenAssignmentTests
{
    [Fact]
    public void Of_NoSilos_AssignsNothing() => Assert.Empty(EvenAssignment.Of([], Queues(3)));

    [Property]
    public void Of_AnySizes_IsEvenAndWhole(byte silos, byte queues)
    {
        var all = Queues(queues);
        var owners = EvenAssignment.Of(Silos(silos % 20 + 1), all);

        Assert.Equal(all.ToHashSet(), owners.Keys.ToHashSet());
        var loads = Silos(silos % 20 + 1).Select(silo => owners.Count(owner => owner.Value.Equals(silo))).ToList();
        Assert.True(loads.Max() - loads.Min() <= 1, string.Join(" ", loads));
    }

    [Property]
    public void Of_OtherOrder_IsTheSame(byte silos, byte queues)
    {
        var forward = EvenAssignment.Of(Silos(silos % 20 + 1), Queues(queues));
        var backward = EvenAssignment.Of([.. Silos(silos % 20 + 1).Reverse()], [.. Queues(queues).Reverse()]);

        Assert.Equal(forward.OrderBy(owner => owner.Key), backward.OrderBy(owner => owner.Key));
    }

    [Fact]
    public void Of_OneSiloFewer_MostStayWhereTheyAre()
    {
        var queues = Queues(60);
        var before = EvenAssignment.Of(Silos(6), queues);
        var after = EvenAssignment.Of(Silos(5), queues);

        // Ten must move; without any care for it, five in six would.
        Assert.InRange(queues.Count(queue => !before[queue].Equals(after[queue])), 10, 30);
    }

    [Fact]
    public void Of_MorePartitions_MostStayWhereTheyAre()
    {
        var queues = Queues(60);
        var before = EvenAssignment.Of(Silos(3), queues);
        var after = EvenAssignment.Of(Silos(3), Queues(80));

        // None must move; without any care for it, two in three would.
        Assert.InRange(queues.Count(queue => !before[queue].Equals(after[queue])), 0, 15);
    }

    private static SiloAddress[] Silos(int count) =>
        [.. Enumerable.Range(1, count).Select(number => SiloAddress.New(IPAddress.Loopback, 11_000 + number, 7))];

    private static QueueId[] Queues(int count) =>
        [.. Enumerable.Range(0, count).Select(number => new KafkaPartition("topic" + (number % 3), number).Queue)];
}
