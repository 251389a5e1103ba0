namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IZoneHours"/>, <see cref="IZoneMetrics"/>, <see cref="IDataQuality"/> and <see cref="IQualityEvents"/> promise, of any store.</summary>
public abstract class QualityContract : StoreContract
{
    private static readonly DateTimeOffset Noon = Ticks.Noon;

    private Task<List<QualityEvent>> EventsAsync(QualityEventQuery? query = null) =>
        Store.Findings.ReadAsync(query ?? new() { Zones = MarketZones.All.ToArray() }, Cancel).ToListAsync(Cancel).AsTask();

    [Fact]
    public async Task Metrics_SavedAgain_ReplaceTheRowAndKeepAVolatilityThatIsNotKnownAnew()
    {
        var row = Row(0) with { Volatility = 2.5, RenewablePercentage = 30.5, LoadForecast = 80_000 };
        await Store.Metrics.SaveAsync([row, Row(1), Row(0) with { Zone = MarketZone.ERCOT }], Cancel);
        await Store.Metrics.SaveAsync([Row(0) with { DataPoints = 13, AveragePrice = -1.25 }], Cancel);
        await Store.Metrics.SaveAsync([], Cancel);

        var read = await Store.Metrics.ReadAsync(MarketZone.PJM, Noon, Noon.AddHours(2), Cancel).ToListAsync(Cancel);

        Assert.Equal([Row(0) with { DataPoints = 13, AveragePrice = -1.25, Volatility = 2.5 }, Row(1)], read);
        Assert.Equal([Row(1)], await Store.Metrics.ReadAsync(MarketZone.PJM, Noon.AddHours(1), Noon.AddHours(2), Cancel).ToListAsync(Cancel));
        Assert.Equal(MarketZone.ERCOT, Assert.Single(await Store.Metrics.ReadAsync(MarketZone.ERCOT, Noon, Noon.AddHours(1), Cancel).ToListAsync(Cancel)).Zone);
    }

    [Fact]
    public async Task Metrics_OfThisMonthAndTheOneBefore_BothFindRoom()
    {
        var now = TimeProvider.System.GetUtcNow();
        DateTimeOffset month = new(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        await Store.Metrics.SaveAsync([Row(0) with { Hour = month.AddHours(-1) }, Row(0) with { Hour = month }], Cancel);
        await Store.Quality.SaveAsync([Feed(0) with { Hour = month.AddHours(-1) }, Feed(0) with { Hour = month }], Cancel);

        Assert.Equal(2, await Store.Metrics.ReadAsync(MarketZone.PJM, month.AddHours(-1), month.AddHours(1), Cancel).CountAsync(Cancel));
        Assert.Equal(2, await Store.Quality.ReadAsync([MarketZone.PJM], month.AddHours(-1), month.AddHours(1), Cancel).CountAsync(Cancel));
    }

    [Fact]
    public async Task Quality_EveryField_ReadBackNewestFirstAndReplacedByKey()
    {
        var whole = Feed(0) with
        {
            Locations = 3, Expected = 36, Received = 35, Gaps = 1, Duplicates = 4, Late = 5, Revised = 6, Rejected = 7, FlatLined = 8, Spikes = 9,
            ComponentMismatches = 10, FreshnessSeconds = -12.5,
        };
        var unread = new FeedQuality { Zone = MarketZone.PJM, Feed = FeedNames.Unreadable, Hour = Noon, Rejected = 2, CalculatedAt = Noon };
        await Store.Quality.SaveAsync([Feed(0), unread, Feed(1), Feed(0) with { PriceType = PriceType.RealTime15Min }, Feed(0) with { Zone = MarketZone.CAISO }], Cancel);
        await Store.Quality.SaveAsync([whole], Cancel);

        Assert.Equal(
            [Feed(1), Feed(0) with { Zone = MarketZone.CAISO }, unread, Feed(0) with { PriceType = PriceType.RealTime15Min }, whole],
            await Store.Quality.ReadAsync([MarketZone.PJM, MarketZone.CAISO], Noon, Noon.AddHours(2), Cancel).ToListAsync(Cancel));
        Assert.Equal([Feed(1)], await Store.Quality.ReadAsync([MarketZone.PJM], Noon.AddHours(1), Noon.AddHours(2), Cancel).ToListAsync(Cancel));
        Assert.Empty(await Store.Quality.ReadAsync([], Noon, Noon.AddHours(2), Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Hours_OfThePricesThatStand_AreSummarizedByTypeAndHour()
    {
        await Store.WriteAsync(
            Ticks.At(0, 30, location: "a"), Ticks.At(0, -10, location: "b"), Ticks.At(1, 40, location: "a"),
            Ticks.At(12, 5, location: "a"), Ticks.At(0, 99, zone: MarketZone.ERCOT), Ticks.At(0, 20, type: PriceType.DayAheadHourly));
        await Store.WriteAsync(Ticks.At(0, 60, location: "a", published: 60));

        var hours = await Store.Hours.SummarizeAsync(MarketZone.PJM, Noon, Noon.AddHours(2), Cancel);

        Assert.Equal(
            [
                (PriceType.DayAheadHourly, 0, 1, 20, 20, 20), (PriceType.RealTime5Min, 0, 3, 30, -10, 60), (PriceType.RealTime5Min, 1, 1, 5, 5, 5),
            ],
            hours.Select(hour => (hour.Type, (int)(hour.Hour - Noon).TotalHours, hour.DataPoints, hour.AveragePrice!.Value, hour.MinPrice!.Value, hour.MaxPrice!.Value)));
    }

    [Fact]
    public async Task Sources_OneRevisesAnother_EachIsCountedOnceForWhatItPublished()
    {
        PriceTick By(string? source, int interval, double price, string location, int published = 0) => Ticks.At(interval, price, location: location, published: published) with { Source = source };
        await Store.WriteAsync(By("first", 0, 30, "a"), By("first", 0, 31, "b"), By("first", 1, 32, "a"), By(null, 1, 9, "c"));
        await Store.WriteAsync(By("verified", 0, 33, "a", 60), By("verified", 0, 31, "b", 60), By("first", 0, 30, "a", 90));

        var counts = await Store.Hours.CountSourcesAsync(MarketZone.PJM, Noon, Noon.AddHours(1), Cancel);

        Assert.Equal(
            [("", 1, 1), ("first", 0, 2), ("first", 1, 1), ("verified", 0, 2)],
            counts.Select(count => (count.Source ?? "", (int)(count.Start - Noon).TotalMinutes / 5, count.Locations)).Order());
        Assert.Empty(await Store.Hours.CountSourcesAsync(MarketZone.PJM, Noon.AddHours(1), Noon.AddHours(2), Cancel));
    }

    [Fact]
    public async Task Events_BegunToldAgainAndEnded_StandThereOnce()
    {
        var spike = Finding(0) with { Value = 900.5, Limit = 50, Message = "it's \"far\" off\0" };
        await Store.Findings.RecordAsync([spike, Finding(1, "b")], Cancel);
        await Store.Findings.RecordAsync([spike with { Message = "told again" }], Cancel);
        await Store.Findings.RecordAsync([spike with { Id = "another process names it otherwise", ObservedAt = Noon.AddMinutes(20), EndedAt = Noon.AddMinutes(20) }], Cancel);
        await Store.Findings.RecordAsync([Finding(2, "c") with { EndedAt = Noon.AddMinutes(30) }], Cancel);
        await Store.Findings.RecordAsync([spike with { Message = "told once more" }], Cancel);

        Assert.Equal([Finding(1, "b"), spike with { EndedAt = Noon.AddMinutes(20), Message = "it's \"far\" off\ufffd" }], await EventsAsync());
    }

    [Fact]
    public async Task Events_OfAFeed_EndByTheirFeedAndAStormByNobody()
    {
        QualityEvent Stale(string feed) => Finding(0, null) with { Id = feed, Kind = QualityKind.StaleFeed, Feed = feed, PriceType = null };
        var storm = Finding(1, null) with { Id = "storm", Count = 40 };
        await Store.Findings.RecordAsync([Stale("one"), Stale("other"), storm], Cancel);
        await Store.Findings.RecordAsync([Stale("one") with { ObservedAt = Noon.AddHours(1), EndedAt = Noon.AddHours(1) }, Finding(2, null) with { EndedAt = Noon.AddHours(1) }], Cancel);

        var open = (await EventsAsync()).Where(finding => finding.EndedAt is null).Select(finding => finding.Id);

        Assert.Equal(["other", "storm"], open.Order());
    }

    [Fact]
    public async Task Events_FilteredAndPaged_ComeNewestFirst()
    {
        await Store.Findings.RecordAsync([.. Enumerable.Range(0, 9).Select(i => Finding(i / 2, $"l{i}"))], Cancel);
        await Store.Findings.RecordAsync([Finding(1, "caiso") with { Zone = MarketZone.CAISO, Kind = QualityKind.Gap }], Cancel);
        var pjm = new QualityEventQuery { Zones = [MarketZone.PJM], Limit = 2 };

        var (whole, paged) = ((await EventsAsync(pjm with { Limit = 100 })).Select(finding => finding.Location).ToList(), new List<string?>());
        while (await EventsAsync(pjm) is { Count: > 0 } page)
        {
            paged.AddRange(page.Select(finding => finding.Location));
            pjm = pjm with { After = (page[^1].ObservedAt, page[^1].Id) };
        }

        Assert.Equal(9, whole.Count);
        Assert.Equal(whole, paged);
        Assert.Equal("l8", whole[0]);
        Assert.Equal("caiso", Assert.Single(await EventsAsync(new() { Zones = MarketZones.All.ToArray(), Kind = QualityKind.Gap })).Location);
        Assert.Equal(["l5", "l4", "l3", "l2"], (await EventsAsync(new() { Zones = [MarketZone.PJM], From = Noon.AddMinutes(5), Before = Noon.AddMinutes(15) })).Select(finding => finding.Location));
        Assert.Empty(await EventsAsync(new() { Zones = [] }));
    }

    [Fact]
    public async Task Events_Old_AreRemoved()
    {
        await Store.Findings.RecordAsync([Finding(0), Finding(1, "b")], Cancel);

        Assert.Equal(1, await Store.Findings.DeleteBeforeAsync(Noon.AddMinutes(5), Cancel));
        Assert.Equal(0, await Store.Findings.DeleteBeforeAsync(Noon.AddMinutes(5), Cancel));
        Assert.Equal("b", Assert.Single(await EventsAsync()).Location);
    }

    private static ZoneMetrics Row(int hour) => new()
    {
        Zone = MarketZone.PJM, Type = PriceType.RealTime5Min, Hour = Noon.AddHours(hour), DataPoints = 12, AveragePrice = 31.5, MinPrice = -4, MaxPrice = 120, CalculatedAt = Noon.AddHours(2),
    };

    private static FeedQuality Feed(int hour) => new()
    {
        Zone = MarketZone.PJM, Feed = "pjm:rt_unverified_fivemin_lmps", PriceType = PriceType.RealTime5Min, Hour = Noon.AddHours(hour), Received = 12, CalculatedAt = Noon.AddHours(2),
    };

    private static QualityEvent Finding(int interval, string? location = "a") => new()
    {
        Id = $"{interval}/{location}", Zone = MarketZone.PJM, Location = location, PriceType = PriceType.RealTime5Min, Kind = QualityKind.Spike, Severity = QualitySeverity.Info,
        Timestamp = Noon.AddMinutes(5 * interval), ObservedAt = Noon.AddMinutes(5 * interval), Message = "a spike",
    };
}
