using OptiBid.History.Batches;

namespace OptiBid.History.Tests.Batches;

public sealed class TickBatchTests
{
    private static int[] Rounds(params PriceTick[] ticks)
    {
        var batch = TickBatch.From(ticks);
        return [.. Enumerable.Range(0, ticks.Length).Select(batch.RoundOf)];
    }

    [Fact]
    public void From_DistinctKeys_IsOneRound()
    {
        var batch = TickBatch.From(new[]
        {
            Ticks.At(), Ticks.At(1), Ticks.At(location: "other"), Ticks.At(zone: MarketZone.SPP), Ticks.At(type: PriceType.DayAheadHourly),
        });
        Assert.Equal((1, 5, 0), (batch.RoundCount, batch.CountIn(0), batch.RoundOf(4)));
    }

    [Fact]
    public void From_OneKey_GoesByPublicationThenSequence() =>
        Assert.Equal([2, 0, 1, 3], Rounds(
            Ticks.At(price: 1, published: 2, sequence: 5), Ticks.At(price: 2, published: 1, sequence: 9),
            Ticks.At(price: 3, published: 2, sequence: 4), Ticks.At(price: 4, published: 3)));

    [Fact]
    public void From_ExactRepetition_IsLeftOut() =>
        Assert.Equal([0, -1, 1, -1], Rounds(Ticks.At(), Ticks.At(), Ticks.At(published: 1), Ticks.At() with { Volume = 3 }));

    [Fact]
    public void From_OnePublicationWithTwoValues_TakesTheFirst() =>
        Assert.Equal([0, 1, -1], Rounds(Ticks.At(price: 1), Ticks.At(price: 2, published: 1), Ticks.At(price: 3)));

    [Fact]
    public void From_Intervals_SpansThem()
    {
        var batch = TickBatch.From(new[] { Ticks.At(3), Ticks.At(7) with { Timestamp = Ticks.Noon.AddMinutes(35).AddTicks(1) }, Ticks.At(1).Stored() });
        Assert.Equal((Ticks.Noon.AddMinutes(5), Ticks.Noon.AddMinutes(35)), (batch.First, batch.Last));
    }

    [Fact]
    public void From_PublishedWithinOneMicrosecond_CountsAsOneInstant() =>
        Assert.Equal([1, 0], Rounds(
            Ticks.At(price: 1, sequence: 2) with { PublishedAt = Ticks.Noon.AddTicks(3) },
            Ticks.At(price: 2, sequence: 1) with { PublishedAt = Ticks.Noon.AddTicks(9) }));

    [Fact]
    public void From_SameInstantInAnotherOffset_IsTheSameKey() =>
        Assert.Equal([0, 1], Rounds(Ticks.At(), Ticks.At(published: 1) with { Timestamp = Ticks.Noon.ToOffset(TimeSpan.FromHours(9)) }));
}
