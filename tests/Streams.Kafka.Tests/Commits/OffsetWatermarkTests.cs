using FsCheck.Xunit;
using OptiBid.Streams.Kafka.Commits;

namespace OptiBid.Streams.Kafka.Tests.Commits;

public class OffsetWatermarkTests
{
    [Fact]
    public void Take_FirstRecord_CoversAllFromTheStart()
    {
        var watermark = new OffsetWatermark(1, 38);

        Assert.Equal((38, 43), watermark.Take(40, 42));
        Assert.Equal(38, watermark.CommitPoint);
        Assert.Equal(43, watermark.Next);
    }

    [Fact]
    public void Take_GapBeforeRecord_CoversGap()
    {
        var watermark = new OffsetWatermark(1, 0);
        watermark.Take(0, 9);

        Assert.Equal((10, 18), watermark.Take(15, 17));
    }

    [Fact]
    public void Complete_LaterBatchFirst_WaitsForEarlier()
    {
        var watermark = new OffsetWatermark(1, 0);
        watermark.Take(0, 4);
        watermark.Take(5, 9);

        Assert.True(watermark.Complete(1, 5, 10));
        Assert.Equal(0, watermark.CommitPoint);
        Assert.True(watermark.Complete(1, 0, 5));
        Assert.Equal(10, watermark.CommitPoint);
        Assert.Equal(0, watermark.Waiting);
    }

    [Fact]
    public void Complete_NotHandedOut_IsRefused()
    {
        var watermark = new OffsetWatermark(1, 0);
        Assert.False(watermark.Complete(1, 0, 5));
        watermark.Take(0, 4);

        Assert.False(watermark.Complete(1, 0, 6));
        Assert.False(watermark.Complete(1, 3, 3));
        Assert.Equal(0, watermark.CommitPoint);
    }

    [Fact]
    public void Complete_EarlierEpoch_IsRefused()
    {
        var watermark = new OffsetWatermark(1, 0);
        watermark.Take(0, 4);
        watermark.Rewind(2);
        watermark.Take(0, 4);

        Assert.False(watermark.Complete(1, 0, 5));
        Assert.Equal(0, watermark.CommitPoint);
    }

    [Fact]
    public void Rewind_AfterHole_HandsOutFromHole()
    {
        var watermark = new OffsetWatermark(1, 0);
        watermark.Take(0, 4);
        watermark.Take(5, 9);
        watermark.Take(10, 14);
        watermark.Complete(1, 0, 5);
        watermark.Complete(1, 10, 15);

        watermark.Rewind(2);

        Assert.Equal(5, watermark.Next);
        Assert.Equal((5, 10), watermark.Take(5, 9));
        watermark.Complete(2, 5, 10);
        Assert.Equal(10, watermark.CommitPoint);
    }

    [Fact]
    public void Rewind_EpochNotLater_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OffsetWatermark(3, 0).Rewind(3));

    [Fact]
    public void Complete_NothingForLong_CostsNoMemory()
    {
        var watermark = new OffsetWatermark(1, 0);
        watermark.Take(0, 0);
        for (var offset = 1; offset < 100_000; offset++)
        {
            watermark.Take(offset, offset);
            watermark.Complete(1, offset, offset + 1);
        }

        Assert.Equal(1, watermark.Waiting);
        Assert.Equal(0, watermark.CommitPoint);
    }

    /// <summary>
    /// Any interleaving of read, complete (of any batch ever handed out, in any order, any number of times),
    /// rewind and hand-over: nothing below the commit point is incomplete, all that could be is below it, and what
    /// is committed never goes back.
    /// </summary>
    [Property(MaxTest = 2_000, EndSize = 300)]
    public void AnyInterleaving_CommittedIsComplete(byte[] steps)
    {
        var model = new WatermarkModel();
        foreach (var step in steps)
        {
            model.Step(step);
            model.Verify();
        }
    }

    /// <summary>A partition with gaps, a faithful consumer that loses at a rewind what it has not completed, and a group's stored offset.</summary>
    private sealed class WatermarkModel
    {
        private const int First = 100;
        private readonly List<(long Epoch, long First, long Next)> _batches = [];
        private readonly HashSet<long> _complete = [];
        private OffsetWatermark _watermark = new(1, First);
        private long _epoch = 1;
        private long _stored = First;
        private long _best = First;

        public void Step(byte step)
        {
            var argument = step / 6;
            switch (step % 6)
            {
                case 0 or 1: Read(argument % 7 + 1, argument % 3); break;
                case 2 or 3 when _batches.Count > 0: Complete(_batches[argument % _batches.Count]); break;
                case 4 when argument % 4 == 0: Rewind(); break;
                case 5 when argument % 5 == 0: HandOver(); break;
                case 5: Store(); break;
                default: break;
            }
        }

        public void Verify()
        {
            var (point, next) = (_watermark.CommitPoint, _watermark.Next);
            for (var offset = _stored; offset < point; offset++) Assert.Contains(offset, _complete);
            Assert.True(point == next || !_complete.Contains(point), "the commit point lags behind what is complete");
            Assert.True(point >= _best, "the commit point went back");
            _best = point;
        }

        private void Read(int count, int gap)
        {
            var first = _watermark.Next + gap;
            var (from, next) = _watermark.Take(first, first + count - 1);
            _batches.Add((_epoch, from, next));
        }

        private void Complete((long Epoch, long First, long Next) batch)
        {
            var accepted = _watermark.Complete(batch.Epoch, batch.First, batch.Next);
            Assert.Equal(batch.Epoch == _epoch, accepted);
            if (!accepted) return;
            for (var offset = batch.First; offset < batch.Next; offset++) _complete.Add(offset);
        }

        private void Rewind()
        {
            _watermark.Rewind(++_epoch);
            _complete.RemoveWhere(offset => offset >= _watermark.CommitPoint);
        }

        private void Store() => _stored = _watermark.CommitPoint;

        /// <summary>Another silo begins at what was stored, which may be behind this one's commit point.</summary>
        private void HandOver()
        {
            _watermark = new OffsetWatermark(++_epoch, _stored);
            _best = _stored;
            _complete.RemoveWhere(offset => offset >= _stored);
        }
    }
}
