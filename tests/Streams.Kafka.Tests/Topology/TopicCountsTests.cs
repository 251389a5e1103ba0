using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Tests.Topology;

public class TopicCountsTests
{
    private static readonly string[] Topics = ["a", "b"];
    private readonly TopicCounts _counts = new();

    private IReadOnlyDictionary<string, int> After(params (string Topic, int Partitions)[] seen) =>
        _counts.After(seen.ToDictionary(topic => topic.Topic, topic => topic.Partitions), Topics);

    [Fact]
    public void After_TopicGrows_ItsNewNumberCounts()
    {
        Assert.Equal(3, After(("a", 3), ("other", 9))["a"]);
        Assert.Equal(6, After(("a", 6))["a"]);
        Assert.DoesNotContain("other", After(("a", 6)).Keys);
    }

    [Fact]
    public void After_OneLookShowsLess_NothingIsTakenAway()
    {
        After(("a", 6), ("b", 2));
        Assert.Equal(6, After(("a", 4), ("b", 2))["a"]);
        Assert.Equal([6, 2], [After(("a", 6))["a"], After(("a", 6))["b"]]);
        After(("a", 6), ("b", 2));
        Assert.Equal(2, After(("a", 6))["b"]);
    }

    [Fact]
    public void After_TopicAwayForSeveralLooks_IsGoneAndMayComeBackSmaller()
    {
        After(("a", 6));
        Assert.Equal(6, After()["a"]);
        Assert.Equal(6, After()["a"]);
        Assert.Equal(6, After()["a"]);
        Assert.Empty(After());
        Assert.Equal(2, After(("a", 2))["a"]);
    }
}
