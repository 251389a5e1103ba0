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
        Assert.True(NewestCodec.TryRead(Place, NewestCodec.Write(newest), out var read, out _));
        Assert.Equal(newest, read);
        Assert.True(NewestCodec.TryRead(Place, NewestCodec.Write([]), out read, out _));
        Assert.Empty(read);
    }

    [Fact]
    public void Read_LaterVersion_SaysSo()
    {
        Assert.False(NewestCodec.TryRead(Place, [9, 0], out _, out var why));
        Assert.Contains("version 9", why, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DamagedBytes_IsRefusedAndThrowsNothing()
    {
        var bytes = NewestCodec.Write([new(Ticks.At() with { Source = "pjm:feed" }, 1, 2, 3, 4)]);
        for (var length = 0; length < bytes.Length; length++) Assert.False(NewestCodec.TryRead(Place, bytes[..length], out _, out _));
        Assert.False(NewestCodec.TryRead(Place, [.. bytes, 0], out _, out _));

        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var damaged = bytes.ToArray();
            for (var j = random.Next(1, 4); j > 0; j--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            if (!NewestCodec.TryRead(Place, damaged, out var newest, out _)) Assert.Empty(newest);
        }
    }
}
