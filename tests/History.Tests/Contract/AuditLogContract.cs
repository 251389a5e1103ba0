namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IAuditLog"/> promises, of any store.</summary>
public abstract class AuditLogContract : StoreContract
{
    internal Task RecordAsync(params AuditRecord[] records) => Store.Audit.RecordAsync(records, Cancel);

    internal Task<List<AuditEntry>> ReadAsync(AuditQuery? query = null) => Store.Audit.ReadAsync(query ?? new(), Cancel).ToListAsync(Cancel).AsTask();

    private async Task<List<int>> MinutesAsync(AuditQuery query) => [.. (await ReadAsync(query)).Select(entry => (int)(entry.Place.At - Ticks.Noon).TotalMinutes)];

    [Fact]
    public async Task Record_WholeAndBareRecord_ReadBackEveryField()
    {
        var details = new Dictionary<string, string> { ["rows"] = "12", ["format"] = "CSV", ["said"] = "\"it's\" ünïcode 🙂\n" };
        await RecordAsync(Actions.At(1) with { Details = details }, new() { At = Ticks.Noon, Actor = "anonymous", Action = "denied.metrics", Allowed = false });

        var read = await ReadAsync();

        Assert.Equal(2, read.Count);
        Assert.Equal(details.OrderBy(pair => pair.Key, StringComparer.Ordinal), read[0].Record.Details.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        Assert.Equal(Actions.At(1) with { Details = read[0].Record.Details }, read[0].Record);
        Assert.Equal(new() { At = Ticks.Noon, Actor = "anonymous", Action = "denied.metrics", Allowed = false, Details = read[1].Record.Details }, read[1].Record);
        Assert.Empty(read[1].Record.Details);
        Assert.All(read, entry => Assert.Equal((entry.Record.At, TimeSpan.Zero), (entry.Place.At, entry.Place.At.Offset)));
    }

    [Fact]
    public async Task Record_TheSameAgain_AddsAndLeavesWhatIsThere()
    {
        await RecordAsync(Actions.At());
        var first = Assert.Single(await ReadAsync()).Place;
        await RecordAsync(Actions.At(), Actions.At());
        await RecordAsync();

        var places = (await ReadAsync()).Select(entry => entry.Place).ToList();

        Assert.Equal((3, first), (places.Distinct().Count(), places[^1]));
        Assert.Equal(["ReadAsync", "RecordAsync"], typeof(IAuditLog).GetMethods().Select(method => method.Name).Order());
    }

    [Fact]
    public async Task Read_OfOneInstant_HasTheLastRecordedFirst()
    {
        await RecordAsync([.. Enumerable.Range(0, 300).Select(i => Actions.At(action: $"a{i}"))]);
        await RecordAsync(Actions.At(action: "a300"), Actions.At(-1, action: "earlier"));

        Assert.Equal([.. Enumerable.Range(0, 301).Reverse().Select(i => $"a{i}"), "earlier"], (await ReadAsync()).Select(entry => entry.Record.Action));
    }

    [Fact]
    public async Task Read_EachFilter_GivesWhatMatchesNewestFirst()
    {
        await RecordAsync(
            Actions.At(5), Actions.At(0), Actions.At(10, allowed: false), Actions.At(7, action: "credentials.remove"), Actions.At(3, actor: "it's"),
            Actions.At(4, action: "denied.QueryPrices", allowed: false), Actions.At(6, action: "100%_"));

        Assert.Equal([10, 7, 6, 5, 4, 3, 0], await MinutesAsync(new()));
        Assert.Equal([10, 7], await MinutesAsync(new() { Limit = 2 }));
        Assert.Equal([3], await MinutesAsync(new() { Actor = "it's" }));
        Assert.Empty(await MinutesAsync(new() { Actor = "x' or '1'='1" }));
        Assert.Equal([10, 7, 5, 3, 0], await MinutesAsync(new() { Action = "credentials." }));
        Assert.Equal([7], await MinutesAsync(new() { Action = "credentials.remove" }));
        Assert.Empty(await MinutesAsync(new() { Action = "redentials" }));
        Assert.Equal([6], await MinutesAsync(new() { Action = "100%" }));
        Assert.Empty(await MinutesAsync(new() { Action = "%" }));
        Assert.Equal([10, 4], await MinutesAsync(new() { Allowed = false }));
        Assert.Equal([7, 6, 5, 3, 0], await MinutesAsync(new() { Allowed = true }));
        Assert.Equal([6, 5, 4, 3], await MinutesAsync(new() { From = Ticks.Noon.AddMinutes(3), Before = Ticks.Noon.AddMinutes(7).ToOffset(TimeSpan.FromHours(-5)) }));
        Assert.Equal([5], await MinutesAsync(new() { Actor = "ann@example.com", Action = "credentials.", Allowed = true, From = Ticks.Noon.AddMinutes(1), Before = Ticks.Noon.AddMinutes(7) }));
    }

    [Fact]
    public async Task Read_PageByPage_HasEveryRecordOnceAlsoWhileMoreCome()
    {
        // Three to an instant, so that pages of two end within one.
        await RecordAsync([.. Enumerable.Range(0, 12).Select(i => Actions.At(i / 3, action: $"a{i}"))]);
        var whole = (await ReadAsync()).Select(entry => entry.Record.Action).ToList();

        List<string> paged = [];
        AuditPlace? after = null;
        while (await ReadAsync(new() { After = after, Limit = 2 }) is { Count: > 0 } page)
        {
            paged.AddRange(page.Select(entry => entry.Record.Action));
            after = page[^1].Place;
            await RecordAsync(Actions.At(60, action: "later"));
        }

        Assert.Equal(12, whole.Count);
        Assert.Equal(whole, paged);
        Assert.Equal(["a3"], (await ReadAsync(new() { After = (await ReadAsync(new() { Action = "a4" }))[0].Place, Limit = 1 })).Select(entry => entry.Record.Action));
    }

    [Fact]
    public async Task Record_TextNoStoreCanHold_IsMendedAndCut()
    {
        await RecordAsync(Actions.At(actor: "zero\0, half \ud83d, 🙂") with
        {
            At = Ticks.Noon.AddTicks(19).ToOffset(TimeSpan.FromHours(-5)),
            Target = new string('x', AuditRecord.TextLength - 1) + "🙂 and more",
            Address = "\udc00",
            Details = new Dictionary<string, string> { ["pa\0th"] = "/a\0\ud83d", ["long"] = new('y', 100_000) },
        });

        var read = Assert.Single(await ReadAsync()).Record;

        Assert.Equal(
            (Ticks.Noon.AddTicks(10), "zero\ufffd, half \ufffd, 🙂", new string('x', AuditRecord.TextLength - 1), "\ufffd"), (read.At, read.Actor, read.Target, read.Address));
        Assert.Equal(("/a\ufffd\ufffd", AuditRecord.TextLength), (read.Details["pa\ufffdth"], read.Details["long"].Length));
    }

    [Fact]
    public async Task Record_WhatNoStoreCanHold_IsRejectedWhole()
    {
        (AuditRecord Record, string Words)[] cases =
        [
            (Actions.At(action: "zero\0"), "action is not text"),
            (Actions.At(action: " "), "action is not text"),
            (Actions.At(action: new('a', AuditRecord.TextLength + 1)), "action is not text"),
            (Actions.At(actor: ""), "no actor"),
            (Actions.At() with { Status = 99 }, "status is 99"),
            (Actions.At() with { Status = 70_000 }, "status is 70000"),
        ];
        foreach (var (record, words) in cases)
        {
            var error = await Assert.ThrowsAsync<HistoryRejectedException>(() => RecordAsync(Actions.At(), record));
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Use_Cancelled_ThrowsAndWritesNothing()
    {
        CancellationToken cancelled = new(canceled: true);

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.Audit.RecordAsync([Actions.At()], cancelled));
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.Audit.ReadAsync(new(), cancelled).ToListAsync(Cancel));

        Assert.Empty(await ReadAsync());
    }
}
