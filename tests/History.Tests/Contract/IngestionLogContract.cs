namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IIngestionLog"/> promises, of any store.</summary>
public abstract class IngestionLogContract : StoreContract
{
    private static readonly IngestionQuery OfPjm = new() { Zone = MarketZone.PJM };

    private Task RecordAsync(params IngestionRecord[] records) => Store.Ingestions.RecordAsync(records, Cancel);

    private Task<List<IngestionRecord>> ReadAsync(IngestionQuery query) => Store.Ingestions.ReadAsync(query, Cancel).ToListAsync(Cancel).AsTask();

    private async Task<List<long>> MinutesAsync(IngestionQuery query) => [.. (await ReadAsync(query)).Select(record => record.RowsRead)];

    [Fact]
    public async Task Record_WholeRecord_ReadsBackEveryField()
    {
        await RecordAsync(Fetches.Whole);
        Assert.Equal(Fetches.Whole, Assert.Single(await ReadAsync(new() { Zone = MarketZone.ERCOT })));
    }

    [Fact]
    public async Task Record_EachReasonAndOutcome_ReadsBack()
    {
        IngestionRecord[] records = [.. from reason in Enum.GetValues<IngestionReason>() from outcome in Enum.GetValues<IngestionOutcome>()
                                        select Fetches.At(outcome: outcome) with { Reason = reason }];
        await RecordAsync(records);
        await RecordAsync();

        // All began at one instant: the one recorded last is the newest.
        Assert.Equal(records.Reverse(), await ReadAsync(OfPjm));
    }

    [Fact]
    public async Task Record_TimesWithAnOffset_AreTheSameInstantToTheMicrosecond()
    {
        await RecordAsync(Fetches.At() with
        {
            StartedAt = Ticks.Noon.AddTicks(19).ToOffset(TimeSpan.FromHours(-5)),
            Duration = TimeSpan.FromTicks(29),
            RangeStart = Ticks.Noon.ToOffset(TimeSpan.FromHours(9)),
        });

        var stored = Assert.Single(await ReadAsync(OfPjm));
        Assert.Equal((Ticks.Noon.AddTicks(10), TimeSpan.Zero, TimeSpan.FromTicks(20)), (stored.StartedAt, stored.StartedAt.Offset, stored.Duration));
        Assert.Equal((Ticks.Noon, TimeSpan.Zero), (stored.RangeStart!.Value, stored.RangeStart.Value.Offset));
    }

    [Fact]
    public async Task Record_MessageBeyondTheBound_IsCutAndNeverWithinACharacter()
    {
        await RecordAsync(
            Fetches.At(2) with { Message = new string('x', IngestionRecord.MessageLength) },
            Fetches.At(1) with { Message = new string('x', 100_000) },
            Fetches.At(0) with { Message = new string('x', IngestionRecord.MessageLength - 1) + "🙂 and more" });

        Assert.Equal(
            [new string('x', IngestionRecord.MessageLength), new string('x', IngestionRecord.MessageLength), new string('x', IngestionRecord.MessageLength - 1)],
            (await ReadAsync(OfPjm)).Select(record => record.Message));
    }

    [Fact]
    public async Task Record_MessageNoStoreCanHold_IsMended()
    {
        await RecordAsync(Fetches.At() with { Message = "zero\0, half \ud83d, 🙂" });
        Assert.Equal("zero\ufffd, half \ufffd, 🙂", Assert.Single(await ReadAsync(OfPjm)).Message);
    }

    [Fact]
    public async Task Record_WhatNoStoreCanHold_IsRejectedWhole()
    {
        (IngestionRecord Record, string Words)[] cases =
        [
            (Fetches.At() with { Zone = (MarketZone)99 }, "zone is not known"),
            (Fetches.At() with { Reason = (IngestionReason)99 }, "reason 99"),
            (Fetches.At() with { Outcome = (IngestionOutcome)99 }, "outcome 99"),
            (Fetches.At(feed: "zero\0"), "feed is not text"),
            (Fetches.At() with { Source = "half \udc00" }, "source is not text"),
            (Fetches.At() with { Duration = TimeSpan.FromTicks(-1) }, "duration is -"),
            (Fetches.At() with { Revised = -1 }, "negative"),
            (Fetches.At() with { RangeStart = Ticks.Noon, RangeEnd = Ticks.Noon.AddTicks(-1) }, "range ends"),
            (Fetches.At() with { FirstInterval = Ticks.Noon }, "not both"),
            (Fetches.At() with { LastInterval = Ticks.Noon }, "not both"),
            (Fetches.At() with { FirstInterval = Ticks.Noon, LastInterval = Ticks.Noon.AddMinutes(-5) }, "before its first"),
        ];
        foreach (var (record, words) in cases)
        {
            var error = await Assert.ThrowsAsync<HistoryRejectedException>(() => RecordAsync(Fetches.At(), record));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await ReadAsync(OfPjm));
    }

    [Fact]
    public async Task Read_EachFilter_GivesWhatMatchesNewestFirst()
    {
        await RecordAsync(
            Fetches.At(5), Fetches.At(0), Fetches.At(10, outcome: IngestionOutcome.Failed), Fetches.At(7, feed: "pjm:da"),
            Fetches.At(3, feed: "it's"), Fetches.At(4, zone: MarketZone.SPP));

        Assert.Equal([10, 7, 5, 3, 0], await MinutesAsync(OfPjm));
        Assert.Equal([10, 7], await MinutesAsync(OfPjm with { Limit = 2 }));
        Assert.Empty(await MinutesAsync(OfPjm with { Limit = 0 }));
        Assert.Equal([4], await MinutesAsync(new() { Zone = MarketZone.SPP }));
        Assert.Equal([10, 5, 0], await MinutesAsync(OfPjm with { Feed = "pjm:rt" }));
        Assert.Equal([3], await MinutesAsync(OfPjm with { Feed = "it's" }));
        Assert.Empty(await MinutesAsync(OfPjm with { Feed = "x' or '1'='1" }));
        Assert.Equal([10], await MinutesAsync(OfPjm with { Outcome = IngestionOutcome.Failed }));
        Assert.Equal([5, 3], await MinutesAsync(OfPjm with { StartedFrom = Ticks.Noon.AddMinutes(3), StartedBefore = Ticks.Noon.AddMinutes(7) }));
        Assert.Equal([7], await MinutesAsync(OfPjm with { StartedFrom = Ticks.Noon.AddMinutes(6).ToOffset(TimeSpan.FromHours(-5)), Outcome = IngestionOutcome.Ok }));
    }

    [Fact]
    public async Task Read_CoveringOnTheDayTheClocksGoBack_TellsTheTwoHoursApart()
    {
        // New York on 1 November 2026: 01:00 EDT is 05:00Z, 01:00 EST is 06:00Z.
        var (firstOne, secondOne) = (new DateTimeOffset(2026, 11, 1, 1, 0, 0, TimeSpan.FromHours(-4)), new DateTimeOffset(2026, 11, 1, 1, 0, 0, TimeSpan.FromHours(-5)));
        await RecordAsync(
            Fetches.At(1) with { RangeStart = firstOne, RangeEnd = secondOne },
            Fetches.At(2) with { RangeStart = secondOne, RangeEnd = secondOne.AddHours(1) },
            Fetches.At(3) with { RangeStart = firstOne.AddHours(-1), RangeEnd = firstOne.AddHours(24) },
            Fetches.At(4) with { FirstInterval = firstOne, LastInterval = firstOne.AddMinutes(55) },
            Fetches.At(5) with { FirstInterval = secondOne, LastInterval = secondOne });

        Assert.Equal([4, 3, 1], await CoveringAsync(firstOne));
        Assert.Equal([4, 3, 1], await CoveringAsync(firstOne.AddMinutes(55).ToUniversalTime()));
        Assert.Equal([5, 3, 2], await CoveringAsync(secondOne));
        Assert.Equal([3, 2], await CoveringAsync(secondOne.AddMinutes(30)));
        Assert.Equal([3], await CoveringAsync(new(2026, 11, 2, 4, 59, 59, TimeSpan.Zero)));
        Assert.Empty(await CoveringAsync(new(2026, 11, 2, 5, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Read_CoveringARangeOpenAtOneSide_GoesOnWithoutEnd()
    {
        await RecordAsync(
            Fetches.At(1) with { RangeStart = Ticks.Noon }, Fetches.At(2) with { RangeEnd = Ticks.Noon }, Fetches.At(3),
            Fetches.At(4) with { RangeStart = Ticks.Noon, FirstInterval = Ticks.Noon.AddHours(-2), LastInterval = Ticks.Noon.AddHours(-1) });

        Assert.Equal([4, 1], await CoveringAsync(Ticks.Noon));
        Assert.Equal([4, 1], await CoveringAsync(Ticks.Noon.AddYears(1)));
        Assert.Equal([4, 2], await CoveringAsync(Ticks.Noon.AddHours(-1)));
        Assert.Equal([2], await CoveringAsync(Ticks.Noon.AddYears(-1)));
        Assert.Empty(await MinutesAsync(OfPjm with { Covering = Ticks.Noon, Feed = "pjm:da" }));
    }

    [Fact]
    public async Task DeleteBefore_RemovesWhatBeganEarlierAndNothingElse()
    {
        await RecordAsync([.. Enumerable.Range(0, 10).Select(minute => Fetches.At(minute))]);
        await RecordAsync(Fetches.At(2, zone: MarketZone.SPP));

        Assert.Equal(5, await Store.Ingestions.DeleteBeforeAsync(Ticks.Noon.AddMinutes(4).ToOffset(TimeSpan.FromHours(-7)), Cancel));
        Assert.Equal(0, await Store.Ingestions.DeleteBeforeAsync(Ticks.Noon.AddMinutes(4), Cancel));

        Assert.Equal([9, 8, 7, 6, 5, 4], await MinutesAsync(OfPjm));
        Assert.Empty(await MinutesAsync(new() { Zone = MarketZone.SPP }));
    }

    [Fact]
    public async Task Record_BesidePricesAndInParallel_LosesNeither()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).SelectMany(writer => new[]
        {
            Store.WriteAsync([.. Enumerable.Range(0, 50).Select(place => Ticks.At(writer, location: "L" + place))]),
            RecordAsync(Fetches.At(writer), Fetches.At(writer, feed: "pjm:da")),
        }));

        Assert.Equal(400, (await Store.AllAsync()).Count);
        Assert.Equal(Enumerable.Range(0, 16).Select(i => 7L - (i / 2)), await MinutesAsync(OfPjm));
    }

    [Fact]
    public async Task Use_Cancelled_ThrowsAndWritesNothing()
    {
        await RecordAsync(Fetches.At());
        CancellationToken cancelled = new(canceled: true);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Ingestions.RecordAsync([Fetches.At(1)], cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Ingestions.DeleteBeforeAsync(DateTimeOffset.MaxValue, cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Ingestions.ReadAsync(OfPjm, cancelled).ToListAsync(Cancel));

        Assert.Equal([0], await MinutesAsync(OfPjm));
    }

    private Task<List<long>> CoveringAsync(DateTimeOffset instant) => MinutesAsync(OfPjm with { Covering = instant });
}
