using System.Text;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class PartitionBufferTests
{
    private readonly WakeSignal _wake = new();

    [Fact]
    public void TryTake_ManyRecords_ComesInBlocksInOrder()
    {
        var buffer = new PartitionBuffer(maxBatch: 3, maxRecords: 100, maxBytes: 1_000_000, epoch: 1, _wake);
        for (var offset = 0; offset < 7; offset++) Append(buffer, 1, offset);

        Assert.True(buffer.HasWholeBlock);
        Assert.Equal([0, 1, 2], Take(buffer));
        Assert.Equal([3, 4, 5], Take(buffer));
        Assert.False(buffer.HasWholeBlock);
        Assert.Equal([6], Take(buffer));
        Assert.True(buffer.IsEmpty);
        Assert.False(buffer.TryTake(out _, out _));
    }

    [Fact]
    public void TryAppend_EarlierEpoch_IsRefused()
    {
        var buffer = new PartitionBuffer(3, 100, 1_000_000, 1, _wake);
        Append(buffer, 1, 0);
        buffer.StartEpoch(2);

        Assert.True(buffer.IsEmpty);
        Assert.False(Append(buffer, 1, 1));
        Assert.True(Append(buffer, 2, 0));
    }

    [Fact]
    public void TryAppend_LaterEpoch_DropsEarlierRecords()
    {
        var buffer = new PartitionBuffer(3, 100, 1_000_000, 1, _wake);
        Append(buffer, 1, 7);
        Append(buffer, 3, 5);
        buffer.StartEpoch(2);

        Assert.True(buffer.TryTake(out var block, out var epoch));
        Assert.Equal((3, 5), (epoch, block[0].Offset));
    }

    [Theory]
    [InlineData(10, 1_000_000)]
    [InlineData(1_000, 800)]
    public void IsFull_RecordsOrBytes_UntilHalfIsTaken(int maxRecords, int maxBytes)
    {
        var buffer = new PartitionBuffer(2, maxRecords, maxBytes, 1, _wake);
        var offset = 0;
        while (!buffer.IsFull) Append(buffer, 1, offset++);

        Assert.InRange(offset, 5, 20);
        Assert.False(buffer.HasRoom);
        while (!buffer.HasRoom) Take(buffer);
        Assert.False(buffer.IsFull);
    }

    [Fact]
    public void TryAppend_NullsAndEmpties_AreToldApart()
    {
        var buffer = new PartitionBuffer(10, 100, 1_000_000, 1, _wake);
        buffer.TryAppend(1, 0, 0, default, false, default, false, null);
        buffer.TryAppend(1, 1, 0, default, true, default, true, null);
        buffer.TryAppend(1, 2, 0, "k"u8, true, "value"u8, true, null);
        buffer.TryTake(out var block, out _);

        var partition = new OptiBid.Streams.Kafka.Topology.KafkaPartition("t", 4);
        var none = block.View(block[0], partition);
        Assert.False(none.HasKey || none.HasValue);
        var empty = block.View(block[1], partition);
        Assert.True(empty is { HasKey: true, HasValue: true, Key.IsEmpty: true, Value.IsEmpty: true });
        var full = block.View(block[2], partition);
        Assert.Equal("k=value", Encoding.UTF8.GetString(full.Key) + "=" + Encoding.UTF8.GetString(full.Value));
        Assert.Equal(("t", 4, 2L), (full.Topic, full.Partition, full.Offset));
    }

    [Fact]
    public async Task TryAppend_WhenEmpty_WakesOnce()
    {
        var buffer = new PartitionBuffer(10, 100, 1_000_000, 1, _wake);
        Append(buffer, 1, 0);
        Append(buffer, 1, 1);

        Assert.True(await _wake.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.False(await _wake.WaitAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    private static bool Append(PartitionBuffer buffer, long epoch, long offset) =>
        buffer.TryAppend(epoch, offset, 0, "key"u8, true, "0123456789012345"u8, true, null);

    private static IEnumerable<long> Take(PartitionBuffer buffer)
    {
        Assert.True(buffer.TryTake(out var block, out _));
        var offsets = Enumerable.Range(0, block.Count).Select(index => block[index].Offset).ToList();
        buffer.Return(block);
        return offsets;
    }
}
