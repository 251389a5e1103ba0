namespace OptiBid.History.Tests.Contract;

/// <summary>What <see cref="IApiKeys"/> promises, of any store.</summary>
public abstract class ApiKeyContract : StoreContract
{
    private const string Id = "0123456789abcdef";

    private IApiKeys Stored => Store.Keys;

    private async Task<ApiKey> OnlyAsync() => Assert.Single(await Stored.ListAsync(Cancel));

    [Fact]
    public async Task Add_WholeAndBareKey_ReadBackEveryFieldNewestFirst()
    {
        var whole = Keys.Of(Id, 1) with { Zones = [MarketZone.PJM, MarketZone.ERCOT], ExpiresAt = Ticks.Noon.AddDays(1) };
        await Stored.AddAsync(Keys.Of("fedcba9876543210"), Cancel);
        await Stored.AddAsync(whole, Cancel);
        await Stored.AddAsync(Keys.Of("00000000000000aa", 2) with { Zones = [] }, Cancel);

        var read = await Stored.ListAsync(Cancel);

        Assert.Equal(["00000000000000aa", Id, "fedcba9876543210"], read.Select(key => key.Id));
        Assert.Equal((whole.Name, whole.CreatedAt, whole.CreatedBy, whole.ExpiresAt), (read[1].Name, read[1].CreatedAt, read[1].CreatedBy, read[1].ExpiresAt));
        Assert.Equal(whole.Hash, read[1].Hash);
        Assert.Equal(whole.Roles, read[1].Roles);
        Assert.Equal(whole.Zones, read[1].Zones);
        Assert.Null(read[2].Zones);
        Assert.Equal([], read[0].Zones);
        Assert.Null(read[2].PreviousHash);
        Assert.Equal((null, null, null, null, null), (read[2].ExpiresAt, read[2].RotatedAt, read[2].RevokedAt, read[2].LastUsedAt, read[2].LastUsedFrom));
    }

    [Fact]
    public async Task Add_KeyThatCannotBe_IsRejected()
    {
        await Stored.AddAsync(Keys.Of(Id), Cancel);
        var other = Keys.Of("fedcba9876543210");
        foreach (var wrong in new[] { Keys.Of(Id) with { Hash = Keys.HashOf(9) }, other with { Name = "a\0b" }, other with { Name = " " }, other with { Roles = [] }, other with { Hash = [1] }, other with { Id = "x' or 1=1 --" } })
            await Assert.ThrowsAsync<HistoryRejectedException>(() => Stored.AddAsync(wrong, Cancel));
        Assert.Equal(Keys.HashOf(1), (await OnlyAsync()).Hash);
    }

    [Fact]
    public async Task Rotate_Twice_KeepsTheSecretBeforeAlone()
    {
        await Stored.AddAsync(Keys.Of(Id), Cancel);
        Assert.True(await Stored.RotateAsync(Id, Keys.HashOf(2), Ticks.Noon.AddHours(1), Ticks.Noon.AddHours(25), Cancel));
        Assert.True(await Stored.RotateAsync(Id, Keys.HashOf(3), Ticks.Noon.AddHours(2), Ticks.Noon.AddHours(2), Cancel));

        var key = await OnlyAsync();
        Assert.Equal(Keys.HashOf(3), key.Hash);
        Assert.Equal(Keys.HashOf(2), key.PreviousHash);
        Assert.Equal((Ticks.Noon.AddHours(2), Ticks.Noon.AddHours(2)), (key.RotatedAt, key.PreviousUntil));
    }

    [Fact]
    public async Task Rotate_KeyThatIsNotInForce_ChangesNothing()
    {
        await Stored.AddAsync(Keys.Of(Id) with { ExpiresAt = Ticks.Noon.AddHours(1) }, Cancel);
        Assert.False(await Stored.RotateAsync("fedcba9876543210", Keys.HashOf(2), Ticks.Noon, Ticks.Noon, Cancel));
        Assert.False(await Stored.RotateAsync(Id, Keys.HashOf(2), Ticks.Noon.AddHours(1), Ticks.Noon.AddHours(2), Cancel));
        Assert.True(await Stored.RevokeAsync(Id, Ticks.Noon.AddMinutes(5), Cancel));
        Assert.False(await Stored.RevokeAsync(Id, Ticks.Noon.AddMinutes(6), Cancel));
        Assert.False(await Stored.RotateAsync(Id, Keys.HashOf(2), Ticks.Noon.AddMinutes(7), Ticks.Noon.AddHours(2), Cancel));

        var key = await OnlyAsync();
        Assert.Equal(Keys.HashOf(1), key.Hash);
        Assert.Equal((Ticks.Noon.AddMinutes(5), null), (key.RevokedAt, key.RotatedAt));
    }

    [Fact]
    public async Task NoteUses_OutOfOrder_KeepsTheNewest()
    {
        await Stored.AddAsync(Keys.Of(Id), Cancel);
        await Stored.NoteUsesAsync([new(Id, Ticks.Noon.AddMinutes(2), "10.0.0.7"), new("fedcba9876543210", Ticks.Noon, "x")], Cancel);
        await Stored.NoteUsesAsync([new(Id, Ticks.Noon.AddMinutes(1), "10.0.0.8")], Cancel);
        Assert.Equal((Ticks.Noon.AddMinutes(2), "10.0.0.7"), ((await OnlyAsync()).LastUsedAt, (await OnlyAsync()).LastUsedFrom));
        await Stored.NoteUsesAsync([new(Id, Ticks.Noon.AddMinutes(3), null)], Cancel);
        Assert.Equal((Ticks.Noon.AddMinutes(3), null), ((await OnlyAsync()).LastUsedAt, (await OnlyAsync()).LastUsedFrom));
    }
}
