using OptiBid.History.States;

namespace OptiBid.History.Tests.States;

public sealed class NewestCodecTests
{
    private static readonly LocationId Place = new(MarketZone.PJM, "51288");

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        PriceUpdate[] newest =
        [
            new(Ticks.At() with { EnergyCost = 0, LossCost = -1, LoadForecast = 9, Sequence = -5, Revision = 7 }, 1, null, 3, null),
            new(Ticks.At(type: PriceType.DayAheadHourly) with { Source = null, CongestionCost = double.Epsilon, Volume = 2, RenewablePercentage = 100 }, null, 2, null, 4),
        ];
        Assert.Equal(newest, NewestCodec.Read(Place, NewestCodec.Write(newest)));
        Assert.Empty(NewestCodec.Read(Place, NewestCodec.Write([])));
    }

    [Fact]
    public void Read_LaterVersion_SaysSo() =>
        Assert.Contains("version 9", Assert.Throws<InvalidDataException>(() => NewestCodec.Read(Place, [9, 0])).Message, StringComparison.Ordinal);
}
