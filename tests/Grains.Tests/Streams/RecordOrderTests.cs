using OptiBid.Grains.Streams;

namespace OptiBid.Grains.Tests.Streams;

public sealed class RecordOrderTests
{
    [Fact]
    public void Of_LaterRecordOfOneLog_IsGreater()
    {
        Assert.True(RecordOrder.Of(Prices.Noon, 8) > RecordOrder.Of(Prices.Noon, 7));
        Assert.True(RecordOrder.Of(Prices.Noon.AddMilliseconds(1), 8) > RecordOrder.Of(Prices.Noon, 7));
    }

    [Fact]
    public void Of_FirstRecordOfANewLog_IsGreaterThanTheLastOfTheOld() =>
        Assert.True(RecordOrder.Of(Prices.Noon.AddMinutes(5), 0) > RecordOrder.Of(Prices.Noon, 987_654_321));

    [Fact]
    public void Of_SameRecordAgain_IsTheSame() => Assert.Equal(RecordOrder.Of(Prices.Noon, 7), RecordOrder.Of(Prices.Noon, 7));

    [Fact]
    public void Of_NoTimestampOrOneOutOfRange_StaysInRange()
    {
        Assert.Equal(5_000_000, RecordOrder.Of(DateTimeOffset.FromUnixTimeMilliseconds(-1), 5_000_000));
        Assert.True(RecordOrder.Of(DateTimeOffset.MaxValue, long.MaxValue) > RecordOrder.Of(Prices.Noon, 0));
    }
}
