using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Tests.Topology;

public class KafkaQueueMapperTests
{
    private readonly KafkaQueueMapper _mapper = new(() => new PartitionMap(
        new Dictionary<string, int> { ["a"] = 2, ["A"] = 1, ["written"] = 5 },
        ["a", "A", "not there"]));

    [Fact]
    public void GetAllQueues_Map_IsTheReadTopicsPartitions() =>
        Assert.Equal(
            [new KafkaPartition("A", 0), new("a", 0), new("a", 1)],
            _mapper.GetAllQueues().Select(KafkaPartition.Of).OrderBy(partition => partition.ToString(), StringComparer.Ordinal));

    [Fact]
    public void GetQueueForStream_Partition_IsItsQueue()
    {
        var stream = new KafkaPartition("a", 1).Stream;

        Assert.Equal("1", stream.GetKeyAsString());
        Assert.Equal(new KafkaPartition("a", 1), KafkaPartition.Of(_mapper.GetQueueForStream(stream)));
    }

    [Fact]
    public void GetQueueForStream_NoNumber_SaysWhatIsExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => _mapper.GetQueueForStream(StreamId.Create("a", "by-key")));
        Assert.Contains("partition number", error.Message);
    }
}
