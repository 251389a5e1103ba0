using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Caching;

public sealed class HistoryChangesTests
{
    private static readonly SiloAddress Silo = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_001), 1);
    private static readonly DateOnly Day = DateOnly.FromDateTime(Ticks.Noon.UtcDateTime);
    private static readonly TimeSpan Tolerance = new CacheOptions().ClockTolerance;

    private readonly FakeTimeProvider _clock = new(Ticks.Noon);
    private readonly HistoryChanges _changes;
    private long _number;

    public HistoryChangesTests()
    {
        _changes = New(_clock);
        _changes.Subscribed(Silo);
        Tell(_changes);
    }

    private static HistoryChanges New(TimeProvider clock) => new(clock, Options.Create(new CacheOptions()));

    private static HistoryScope Scope(int first = 0, int days = 1, MarketZone zone = MarketZone.PJM, params PriceType[] types) =>
        new(ZoneSet.None.With(zone), types, Ticks.Noon.AddHours(-12).AddDays(first), Ticks.Noon.AddHours(-12).AddDays(first + days).AddTicks(-1));

    private static WrittenDays Written(int first = 0, int last = 0, MarketZone zone = MarketZone.PJM, PriceType type = PriceType.RealTime5Min) =>
        new(zone, type, Day.AddDays(first), Day.AddDays(last));

    private void Tell(HistoryChanges changes, params WrittenDays[] written) => changes.Hear(new() { Silo = Silo, Number = ++_number, Written = written });

    /// <summary>Against a list of everything that was told, looked through from the start each time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Holds_WhateverIsTold_IsTrueExactlyUntilTheScopeIsTouched(int seed)
    {
        var random = new Random(seed);
        var told = new List<(int At, WrittenDays What)>();
        var readings = new List<(int At, ReadingStart Start)>();
        for (var step = 0; step < 2_000; step++)
        {
            if (random.Next(3) == 0) readings.Add((step, _changes.Begin()));
            if (random.Next(3) == 0)
            {
                var first = random.Next(-40, 5);
                var what = Written(
                    first, first + random.Next(random.Next(20) == 0 ? 5_000 : 4), random.Next(2) == 0 ? MarketZone.PJM : MarketZone.CAISO, (PriceType)random.Next(1, 5));
                told.Add((step, what));
                Tell(_changes, what);
            }

            if (readings.Count == 0) continue;
            var reading = readings[random.Next(Math.Max(0, readings.Count - 20), readings.Count)];
            var scope = Scope(random.Next(-40, 5), random.Next(1, 60), random.Next(2) == 0 ? MarketZone.PJM : MarketZone.CAISO, [.. Enumerable.Range(0, random.Next(3)).Select(_ => (PriceType)random.Next(1, 5))]);
            var isTouched = told.Any(change => change.At >= reading.At && scope.Includes(change.What.Zone, change.What.PriceType)
                && change.What.First.DayNumber <= scope.LastDay && change.What.Last.DayNumber >= scope.FirstDay);

            // A very long range, told of anywhere, may touch more than it says.
            if (isTouched) Assert.False(_changes.Holds(reading.Start, scope));
            else if (!told.Any(change => change.At >= reading.At && change.What.Last.DayNumber - change.What.First.DayNumber > 100)) Assert.True(_changes.Holds(reading.Start, scope));
        }
    }

    [Fact]
    public void Holds_LongBackfills_MemoryStaysBounded()
    {
        for (var year = 0; year < 100; year++) Tell(_changes, Written(-365 * (year + 1), (-365 * year) - 1));
        Assert.InRange(_changes.Days, 0, 4_000);
        var reading = _changes.Begin();
        Assert.True(_changes.Holds(reading, Scope(-20_000, 20_000)));
    }

    [Fact]
    public void Holds_AnotherGatewaysAnswer_OnlyIfReadAfterTheLastChangeByMoreThanClocksDiffer()
    {
        var other = New(_clock);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Tell(_changes, Written());
        var atOnce = other.Begin();
        _clock.Advance(Tolerance + TimeSpan.FromSeconds(1));
        var later = other.Begin();
        _clock.Advance(TimeSpan.FromMinutes(1));

        Assert.False(_changes.Holds(atOnce, Scope()));
        Assert.True(_changes.Holds(later, Scope()));
        Assert.True(_changes.Holds(atOnce, Scope(first: -3)));
    }

    [Fact]
    public void Holds_AnotherGatewaysAnswerOfTheFuture_DoesNot()
    {
        var ahead = New(new FakeTimeProvider(Ticks.Noon.AddHours(1)));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(_changes.Holds(ahead.Begin(), Scope()));
    }

    [Fact]
    public void Holds_AnotherGatewaysAnswerOfBeforeTheStart_DoesNot()
    {
        var reading = _changes.Begin();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(New(_clock).Holds(reading, Scope()));
    }

    [Fact]
    public void Hear_NoticesThatOvertakeOneAnother_CountAsLostOnce()
    {
        var reading = _changes.Begin();
        _changes.Hear(new() { Silo = Silo, Number = _number + 2, Written = [] });
        Assert.False(_changes.Holds(reading, Scope()));

        reading = _changes.Begin();
        _changes.Hear(new() { Silo = Silo, Number = _number + 1, Written = [] });
        _changes.Hear(new() { Silo = Silo, Number = _number + 3, Written = [] });
        Assert.True(_changes.Holds(reading, Scope()));
    }

    [Fact]
    public void HearsAll_UntilASiloIsSilent()
    {
        Assert.False(New(_clock).HearsAll);
        Assert.True(_changes.HearsAll);
        _clock.Advance(HistoryChanges.Patience);
        Assert.False(_changes.HearsAll);
        Tell(_changes);
        Assert.True(_changes.HearsAll);
        _changes.Gone(Silo);
        Assert.False(_changes.HearsAll);
    }
}
