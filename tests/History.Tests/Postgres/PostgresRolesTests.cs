using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Postgres;

/// <summary>The three roles of a database: who owns it, who writes, who reads.</summary>
public sealed class PostgresRolesTests(PostgresForAll postgres) : IAsyncLifetime
{
    private readonly string _name = "r" + Guid.NewGuid().ToString("N")[..12];
    private string _admin = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _admin = await postgres.CreateDatabaseAsync();
        var database = new NpgsqlConnectionStringBuilder(_admin).Database;
        await ExecuteAsync(_admin, $"create role {_name}_owner login; create role {_name}_writer login; create role {_name}_reader login; alter database {database} owner to {_name}_owner");
        await using var owner = new HistoryUnderTest(("ConnectionStrings:History", As("owner")));
        await owner.Services.GetRequiredService<IDatabaseRoles>().GrantAsync(_name + "_writer", _name + "_reader", Cancel);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Writer_DoesAllThatTheHistoryAsks()
    {
        await using var store = new HistoryUnderTest(
            ("ConnectionStrings:History", As("writer")), ("ConnectionStrings:HistoryOwner", As("owner")), ("ConnectionStrings:HistoryReader", As("reader")));
        await DoEverythingAsync(store);
    }

    [Fact]
    public async Task Writer_WithoutAnOwner_UsesTablesThatAreUpToDate()
    {
        await using var store = new HistoryUnderTest(("ConnectionStrings:History", As("writer")));
        await DoEverythingAsync(store);
    }

    [Theory]
    [InlineData("delete from market_data")]
    [InlineData("truncate market_data")]
    [InlineData("drop table market_data")]
    [InlineData("alter table market_data add column x integer")]
    [InlineData("delete from market_data_revisions")]
    [InlineData("update audit_log set actor = 'x'")]
    [InlineData("delete from audit_log")]
    [InlineData("delete from api_keys")]
    [InlineData("update orleansquery set querytext = 'x'")]
    [InlineData("create table mine (x integer)")]
    public Task Writer_WhatItNeedsNot_IsRefused(string sql) => IsRefusedAsync("writer", sql);

    [Theory]
    [InlineData("select * from protected_values")]
    [InlineData("select * from audit_log")]
    [InlineData("select * from api_keys")]
    [InlineData("select * from orleans_grain_state")]
    [InlineData("select * from orleans_silo")]
    [InlineData("insert into market_data_series values ('PJM', 'x', 'y')")]
    [InlineData("update market_data set price = 0")]
    [InlineData("delete from market_data")]
    [InlineData("create table mine (x integer)")]
    public Task Reader_WhatItNeedsNot_IsRefused(string sql) => IsRefusedAsync("reader", sql);

    [Theory]
    [InlineData("market_data")]
    [InlineData("market_data_revisions")]
    [InlineData("market_data_series")]
    [InlineData("locations")]
    [InlineData("market_data_hour")]
    [InlineData("market_data_day")]
    public Task Reader_Prices_AreItsToRead(string table) => ExecuteAsync(As("reader"), $"select * from {table} limit 1");

    [Fact]
    public async Task Grant_ToARoleThatIsNotThere_SaysSoAndGrantsNothing()
    {
        await using var owner = new HistoryUnderTest(("ConnectionStrings:History", As("owner")));
        var error = await Assert.ThrowsAsync<HistoryUnavailableException>(
            () => owner.Services.GetRequiredService<IDatabaseRoles>().GrantAsync("no\"body'; drop table market_data; --", null, Cancel));
        Assert.Contains("does not exist", error.Message, StringComparison.Ordinal);
        Assert.Empty(await owner.AllAsync());
    }

    private static async Task DoEverythingAsync(HistoryUnderTest store)
    {
        await store.WriteAsync(Ticks.At(), Ticks.At(1), Ticks.At(-12 * 24 * 400));
        await store.WriteAsync(Ticks.At(price: 31, published: 1), Ticks.At(2));
        await store.WriteAsync(Ticks.At(price: 31, published: 2), Ticks.At(price: 29, published: -1));
        await store.Locations.SaveAsync([new MarketLocation(new(MarketZone.PJM, "51288"), "Western Hub", LocationType.Hub)], Cancel);
        await store.States.SaveAsync([new LocationState(new(MarketZone.PJM, "51288"), Ticks.Noon, [], [1])], Cancel);
        await store.Ingestions.RecordAsync([Fetches.At()], Cancel);
        await store.Audit.RecordAsync([Actions.At()], Cancel);
        _ = await store.Ingestions.DeleteBeforeAsync(Ticks.Noon.AddYears(1), Cancel);
        var version = await store.Values.WriteAsync("name", new byte[] { 1 }, cancellationToken: Cancel);
        _ = await store.Values.WriteAsync("name", new byte[] { 2 }, version, Cancel);
        Assert.True(await store.Values.DeleteAsync("name", Cancel));
        await store.Keys.AddAsync(Keys.Of("0123456789abcdef"), Cancel);
        await store.Keys.NoteUsesAsync([new("0123456789abcdef", Ticks.Noon, "10.0.0.7")], Cancel);
        Assert.True(await store.Keys.RotateAsync("0123456789abcdef", Keys.HashOf(2), Ticks.Noon, Ticks.Noon.AddDays(1), Cancel));
        Assert.True(await store.Keys.RevokeAsync("0123456789abcdef", Ticks.Noon, Cancel));

        Assert.Equal([31, 30, 30], (await store.AllAsync(Ticks.Everything with { Start = Ticks.Noon })).Select(tick => tick.Price));
        Assert.Equal(31, (await store.States.RestoreAsync([new(MarketZone.PJM, "51288")], Ticks.Noon, Cancel))[0].Tail[0].Price);
        Assert.Equal(3, (await store.Counts.CountAsync(MarketZone.PJM, PriceType.RealTime5Min, Ticks.Noon, Ticks.Noon.AddHours(1), Cancel)).Count);
        Assert.Single(await store.Audit.ReadAsync(new(), Cancel).ToListAsync(Cancel));
        Assert.Single(await store.Locations.SearchAsync(new(), Cancel).ToListAsync(Cancel));
        Assert.Single(await store.States.ReadNewestAsync([MarketZone.PJM], Cancel).ToListAsync(Cancel));
    }

    private async Task IsRefusedAsync(string role, string sql) =>
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, (await Assert.ThrowsAsync<PostgresException>(() => ExecuteAsync(As(role), sql))).SqlState);

    private string As(string role) => new NpgsqlConnectionStringBuilder(_admin) { Username = $"{_name}_{role}" }.ConnectionString;

    private static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }
}
