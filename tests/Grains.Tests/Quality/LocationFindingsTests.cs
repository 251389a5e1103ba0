using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Zones;

namespace OptiBid.Grains.Tests.Quality;

public sealed class LocationFindingsTests
{
    private static readonly IOptions<QualityOptions> Options = Microsoft.Extensions.Options.Options.Create(new QualityOptions { FlatLineIntervals = 4 });

    private readonly ZoneTallies _tallies = new(Options, TimeProvider.System);
    private readonly QualityOutbox _outbox;
    private readonly LocationFindings _findings;
    private LocationBook _book = new();
    private List<QualityEvent>? _open;

    public LocationFindingsTests()
    {
        _outbox = new(_tallies);
        _findings = new(Options, _outbox);
    }

    private void Apply(params PriceTick[] ticks) => _findings.Look(_book, _book.Apply(ticks, new TickKind[ticks.Length]), ref _open, ticks[^1].Timestamp);

    private void Apply(int interval, double price) => Apply(Prices.Tick(interval, price));

    private List<QualityEvent> Told()
    {
        var told = new List<QualityEvent>();
        while (_outbox.Findings.TryRead(out var finding)) told.Add(finding);
        return told;
    }

    [Fact]
    public void FlatLine_BeginsWithTheFourthEqualPriceAndEndsWithTheFirstOther()
    {
        Apply(0, 20);
        for (var i = 1; i <= 3; i++) Apply(i, 30);
        Assert.Empty(Told());

        for (var i = 4; i <= 9; i++) Apply(i, 30);
        var begun = Assert.Single(Told());
        Assert.Equal((QualityKind.FlatLined, Prices.Noon.AddMinutes(5), Prices.Noon.AddMinutes(20), 30.0), (begun.Kind, begun.Timestamp, begun.ObservedAt, begun.Value!.Value));

        Apply(10, 31);
        Apply(11, 31);
        Assert.Equal(begun with { ObservedAt = Prices.Noon.AddMinutes(50), EndedAt = Prices.Noon.AddMinutes(50) }, Assert.Single(Told()));
        Assert.Null(_open);
    }

    [Fact]
    public void FlatLine_AcrossAGapOrDayAhead_IsNone()
    {
        for (var i = 0; i < 8; i++) Apply(i + (i >= 3 ? 1 : 0) + (i >= 6 ? 1 : 0), 30);
        for (var i = 0; i < 24; i++) Apply(Prices.Tick(i, 30, type: PriceType.DayAheadHourly));
        Assert.Empty(Told());
    }

    [Fact]
    public void Spike_FarFromTheMedian_BeginsOnceAndEndsOnce()
    {
        for (var i = 0; i < 40; i++) Apply(i, 30 + i % 3);
        Apply(40, 75);
        Assert.Empty(Told());

        Apply(41, 900);
        Apply(42, 910);
        var begun = Assert.Single(Told());
        Assert.Equal((QualityKind.Spike, QualitySeverity.Info, Prices.Noon.AddMinutes(205), 900.0, 50.0), (begun.Kind, begun.Severity, begun.Timestamp, begun.Value!.Value, begun.Limit!.Value));

        Apply(43, 32);
        Assert.Equal((begun.Id, true), (Assert.Single(Told()) is var ended ? ended.Id : "", ended.EndedAt is not null));
    }

    [Fact]
    public void Spike_InAMarketThatSwings_IsUsual()
    {
        for (var i = 0; i < 100; i++) Apply(i, i % 3 * 200);
        Assert.Empty(Told());
    }

    [Fact]
    public void Mismatch_ComponentsThatMissThePrice_BeginsAndEndsWithARevision()
    {
        var right = Prices.Tick(0, 30.01) with { EnergyCost = 25, CongestionCost = 4, LossCost = 1.03 };
        Apply(right, Prices.Tick(1, 30));
        Apply(right with { Timestamp = Prices.Noon.AddMinutes(10), LossCost = 1.04 });
        var begun = Assert.Single(Told());
        Assert.Equal((QualityKind.ComponentMismatch, 0.02), (begun.Kind, begun.Limit!.Value));
        Assert.Equal(0.03, begun.Value!.Value, 9);

        Apply(right with { Timestamp = Prices.Noon.AddMinutes(10), PublishedAt = Prices.Noon.AddHours(1) });
        Assert.NotNull(Assert.Single(Told()).EndedAt);
    }

    [Fact]
    public void Recall_AfterARestart_TellsNothingAgainAndStillTellsTheEnd()
    {
        for (var i = 0; i < 20; i++) Apply(i, 30);
        var begun = Assert.Single(Told());
        var restarted = new LocationBook();
        Assert.True(LocationBookFormat.TryRead(LocationBookFormat.Write(_book), _book.Newest(), restarted));

        (_book, _open) = (restarted, _findings.Recall(restarted, Prices.Noon));
        Apply(20, 30);
        Assert.Empty(Told());
        Assert.Equal(begun.Id, Assert.Single(_open!).Id);
        Apply(21, 31);
        Assert.Equal(begun.Id, Assert.Single(Told()).Id);
    }

    [Fact]
    public void Look_AnyPrices_BeginningsAndEndsAlternate()
    {
        var prices = Gen.Elements(30.0, 30.0, 30.0, 31.0, 900.0).ArrayOf(80).ToArbitrary();
        Prop.ForAll(prices, values =>
        {
            (_book, _open) = (new LocationBook(), null);
            for (var i = 0; i < values.Length; i++) Apply(i, values[i]);
            foreach (var kind in Told().GroupBy(finding => finding.Kind))
            {
                var states = kind.Select(finding => finding.EndedAt is not null).ToArray();
                Assert.All(states.Select((ended, i) => (ended, i)), state => Assert.Equal(state.i % 2 == 1, state.ended));
                Assert.Equal(states.Length % 2 == 1, _open?.Any(finding => finding.Kind == kind.Key) ?? false);
            }
        }).QuickCheckThrowOnFailure();
    }
}
