using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Zones;

namespace OptiBid.Grains.Tests.Zones;

public sealed class ZoneKeeperTests
{
    private const string Feed = "pjm:test";

    private readonly FakeTimeProvider _clock = new(Prices.Noon);
    private readonly MemoryZoneStore _store = new();
    private readonly List<QualityEvent> _told = [];
    private long _refused;
    private ZoneKeeper _keeper;
    private long _number;

    public ZoneKeeperTests() => _keeper = Start();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static SiloAddress Silo(int number) => SiloAddress.New(IPAddress.Loopback, 11_000 + number, number);

    private static FeedCounts Counts(int hour = 0, int first = 0, int duplicates = 0, int rejected = 0, int revised = 0) => new()
    {
        Feed = Feed, PriceType = PriceType.RealTime5Min, Hour = Prices.Noon.AddHours(hour), First = first, Duplicates = duplicates, Rejected = rejected, Revised = revised, Newest = Prices.Noon.AddHours(hour),
    };

    private ZoneKeeper Start() => new(
        MarketZone.PJM,
        new(
            _store, _store, _store, _store,
            () => Task.FromResult<ConnectorStatus?>(new() { Zone = MarketZone.PJM, Feeds = [new() { Feed = Feed, Rows = new(0, 0, 0, 0, _refused) }] }),
            finding =>
            {
                _told.Add(finding);
                if (!_store.Away) _ = _store.RecordAsync([finding]);
            }),
        new QualityOptions(), _clock, NullLogger.Instance);

    private void Report(params FeedCounts[] counts) => _keeper.Report(new(Silo(1), ++_number, IsRepeated: false, counts));

    /// <summary>Time passes, and the keeper is run every five minutes, often enough to catch up.</summary>
    private async Task RunUntilAsync(double hours, Action<DateTimeOffset>? eachInterval = null)
    {
        for (var end = Prices.Noon.AddHours(hours); _clock.GetUtcNow() < end;)
        {
            eachInterval?.Invoke(_clock.GetUtcNow());
            _clock.Advance(TimeSpan.FromMinutes(5));
            for (var i = 0; i < 3; i++) await _keeper.RunAsync(Cancel);
        }
    }

    /// <summary>Two locations deliver the interval that has just ended.</summary>
    private void Deliver(DateTimeOffset now, int locations = 2)
    {
        var interval = (int)(now - Prices.Noon).TotalMinutes / 5 - 1;
        for (var i = 0; i < locations; i++) _store.Add(Prices.Tick(interval, 30 + i, location: $"L{i}") with { Source = Feed });
        Report(Counts(first: locations) with { Hour = FeedKey.HourOf(Prices.Noon.AddMinutes(5 * interval)), Newest = Prices.Noon.AddMinutes(5 * interval), VolatilitySum = 3 * locations, VolatilityCount = locations });
    }

    private async Task CatchUpAsync()
    {
        for (var i = 0; i < 30; i++) await _keeper.RunAsync(Cancel);
    }

    private FeedQuality Row(int hour) => _store.Rows.Single(row => row.Feed == Feed && row.Hour == Prices.Noon.AddHours(hour));

    [Fact]
    public async Task Hour_AllDelivered_IsSettledWithItsFiguresAndNoFinding()
    {
        await CatchUpAsync();
        await RunUntilAsync(3, now => Deliver(now));

        Assert.Equal((24, 24, 100, 0, 2), (Row(1).Expected!.Value, Row(1).Received, Row(1).Completeness!.Value, Row(1).Gaps, Row(1).Locations));
        var metrics = Assert.Single(_store.Metrics, row => row.Hour == Prices.Noon.AddHours(1));
        Assert.Equal((24, 30.5, 3), (metrics.DataPoints, metrics.AveragePrice!.Value, metrics.Volatility!.Value));
        Assert.Empty(_told);
    }

    [Fact]
    public async Task Hour_IntervalsMissing_IsIncompleteWithGapsUntilTheyAreFilled()
    {
        await CatchUpAsync();
        await RunUntilAsync(3, now => { if (now < Prices.Noon.AddMinutes(70) || now > Prices.Noon.AddMinutes(84)) Deliver(now); });

        Assert.Equal((24, 18, 75, 3), (Row(1).Expected!.Value, Row(1).Received, Row(1).Completeness!.Value, Row(1).Gaps));
        Assert.Equal([QualityKind.Incomplete, QualityKind.Gap], _told.Select(finding => finding.Kind));
        Assert.All(_told, finding => Assert.Equal((Prices.Noon.AddHours(1), null), (finding.Timestamp, finding.EndedAt)));

        for (var interval = 13; interval <= 15; interval++)
        {
            for (var i = 0; i < 2; i++) _store.Add(Prices.Tick(interval, 30, location: $"L{i}") with { Source = Feed });
        }

        Report(Counts(hour: 1, first: 6));
        await RunUntilAsync(3.5, now => Deliver(now));

        Assert.Equal((100, 0), (Row(1).Completeness!.Value, Row(1).Gaps));
        Assert.Equal(4, _told.Count);
        Assert.Equal(_told.Take(2).Select(finding => finding.Id), _told.Skip(2).Where(finding => finding.EndedAt is not null).Select(finding => finding.Id));
        Assert.Equal((24, 3), (_store.Metrics.Single(row => row.Hour == Prices.Noon.AddHours(1)) is var metrics ? metrics.DataPoints : 0, metrics.Volatility!.Value));
    }

    [Fact]
    public async Task SettledHour_CountedBeforeTheHistoryHasIt_IsReckonedAgainOnceItHas()
    {
        await CatchUpAsync();
        Report(Counts(hour: -2, first: 2));
        await _keeper.RunAsync(Cancel);
        _store.Add(Prices.Tick(-24, 30) with { Source = Feed }, Prices.Tick(-23, 30) with { Source = Feed });
        await RunUntilAsync(0.5);

        Assert.Equal(2, Row(-2).Received);
        var counted = _store.Counted;
        await RunUntilAsync(0.9);
        Assert.InRange(_store.Counted - counted, 0, 6);
    }

    [Fact]
    public async Task Feed_ThatFallsSilent_IsStaleOnceAndUntilItSpeaksAlsoAcrossARestart()
    {
        await CatchUpAsync();
        await RunUntilAsync(2, now => Deliver(now));
        await RunUntilAsync(2.25);
        Assert.Empty(_told);
        await RunUntilAsync(2.6);
        var stale = Assert.Single(_told, finding => finding.Kind == QualityKind.StaleFeed);
        Assert.Equal((QualityKind.StaleFeed, QualitySeverity.Critical, Prices.Noon.AddMinutes(110)), (stale.Kind, stale.Severity, stale.Timestamp));

        _keeper = Start();
        await CatchUpAsync();
        Assert.Single(_told, finding => finding.Kind == QualityKind.StaleFeed);

        Deliver(_clock.GetUtcNow());
        await _keeper.RunAsync(Cancel);
        Assert.Equal((stale.Id, true), (_told[^1].Id, _told[^1].EndedAt is not null));
    }

    [Fact]
    public async Task Counters_RestartWithinTheHour_AreNotDoubledNorLost()
    {
        await CatchUpAsync();
        Report(Counts(duplicates: 5));
        await _keeper.SaveAsync(Cancel);

        _keeper = Start();
        Report(Counts(duplicates: 2));
        await CatchUpAsync();
        await _keeper.SaveAsync(Cancel);
        Assert.Equal(7, Row(0).Duplicates);

        _keeper = Start();
        await CatchUpAsync();
        await _keeper.SaveAsync(Cancel);
        Assert.Equal(7, Row(0).Duplicates);
    }

    [Fact]
    public async Task Reports_RepeatedOrOfSeveralSilos_AreTakenOnceEach()
    {
        await CatchUpAsync();
        ZoneReport first = new(Silo(1), 1, IsRepeated: false, [Counts(duplicates: 1)]);
        _keeper.Report(first);
        _keeper.Report(first with { IsRepeated = true });
        _keeper.Report(new(Silo(2), 1, IsRepeated: false, [Counts(duplicates: 10)]));
        _keeper.Report(new(Silo(1), 2, IsRepeated: false, [Counts(duplicates: 100)]));

        // One that nobody knows whether the predecessor took.
        _keeper.Report(new(Silo(3), 8, IsRepeated: true, [Counts(duplicates: 1_000)]));
        _keeper.Report(new(Silo(3), 9, IsRepeated: false, [Counts(duplicates: 10_000)]));

        Assert.Equal(10_111, Assert.Single(_keeper.Snapshot().Feeds).Duplicates);
    }

    [Fact]
    public async Task Store_AwayFromTheStartAndBack_LosesNoCount()
    {
        _store.Away = true;
        Report(Counts(duplicates: 5));
        await CatchUpAsync();
        Assert.False(_keeper.Snapshot().IsFromHistory);
        Assert.Equal(5, Assert.Single(_keeper.Snapshot().Feeds).Duplicates);

        _store.Away = false;
        _ = _store.SaveAsync([new FeedQuality { Zone = MarketZone.PJM, Feed = Feed, PriceType = PriceType.RealTime5Min, Hour = Prices.Noon, Duplicates = 40 }], Cancel);
        await CatchUpAsync();
        _store.Away = true;
        Report(Counts(duplicates: 1));
        await RunUntilAsync(0.2);
        _store.Away = false;
        await RunUntilAsync(0.4);

        Assert.Equal(46, Row(0).Duplicates);
        Assert.True(_keeper.Snapshot().IsFromHistory);
    }

    [Fact]
    public async Task Rejected_ByCodecAndConnector_IsCountedAndToldOnceAnHour()
    {
        await CatchUpAsync();
        Report(Counts(first: 1, rejected: 2));
        _refused = 100;
        await RunUntilAsync(0.2);
        _refused = 103;
        await RunUntilAsync(0.4);
        _refused = 1;
        await RunUntilAsync(0.6);

        Assert.Equal(6, Row(0).Rejected);
        Assert.Equal(2, Assert.Single(_told, finding => finding.Kind == QualityKind.Rejected).Value);
    }

    [Fact]
    public async Task Feed_ThatComesDaysLate_IsHeldToNothing()
    {
        await CatchUpAsync();
        for (var interval = -36; interval < -12; interval++) _store.Add(Prices.Tick(interval, 30) with { Source = Feed });
        Report(Counts(hour: -3, first: 12), Counts(hour: -2, first: 12));
        await RunUntilAsync(2);

        Assert.Equal((null, 12), (Row(-2).Expected, Row(-2).Received));
        Assert.Equal(12, _store.Metrics.Single(row => row.Hour == Prices.Noon.AddHours(-3)).DataPoints);
        Assert.Empty(_told);
    }
}
