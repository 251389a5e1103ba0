using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

public sealed class MatchingTicksTests : IAsyncLifetime
{
    private static readonly LocationId Place = new(MarketZone.PJM, "51288");

    private readonly FakeTimeProvider _clock = new(Ticks.Noon);
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await GatewayHost.StartAsync(clock: _clock);

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Find_SameHourAgainAndAgain_AsksTheHistoryOnceInAWhile()
    {
        _gateway.History.Add(DayAhead(40));
        for (var i = 0; i < 5; i++) Assert.Equal(40, (await FindAsync())!.Value.Price);
        Assert.Equal(1, Asked);

        // A correction shows once the answer is no longer good.
        _gateway.History.Add(DayAhead(41, revision: 2));
        _clock.Advance(MatchingTicks.GoodFor - TimeSpan.FromSeconds(1));
        Assert.Equal(40, (await FindAsync())!.Value.Price);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(41, (await FindAsync())!.Value.Price);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Find_CorrectionTold_ShowsAtOnce()
    {
        _gateway.History.Add(DayAhead(40));
        Assert.Equal(40, (await FindAsync())!.Value.Price);
        _gateway.History.Add(DayAhead(41, revision: 2));
        var day = DateOnly.FromDateTime(Ticks.Noon.UtcDateTime);
        _gateway.Feed.Tell(new WrittenDays(MarketZone.PJM, PriceType.DayAheadHourly, day, day));
        Assert.Equal(41, (await FindAsync())!.Value.Price);

        _gateway.Feed.Tell(new WrittenDays(MarketZone.PJM, PriceType.RealTime5Min, day, day));
        Assert.Equal(41, (await FindAsync())!.Value.Price);
        Assert.Equal(2, Asked);
    }

    [Fact]
    public async Task Find_NotThereYet_IsSoonAskedForAgain()
    {
        Assert.Null(await FindAsync());
        Assert.Null(await FindAsync());
        Assert.Equal(1, Asked);

        _gateway.History.Add(DayAhead(40));
        _clock.Advance(MatchingTicks.MissingFor + TimeSpan.FromSeconds(1));
        Assert.Equal(40, (await FindAsync())!.Value.Price);
    }

    [Fact]
    public async Task Find_HistoryAway_IsNotRemembered()
    {
        _gateway.History.IsAway = true;
        Assert.Null(await FindAsync());

        _gateway.History.IsAway = false;
        _gateway.History.Add(DayAhead(40));
        Assert.Equal(40, (await FindAsync())!.Value.Price);
    }

    private int Asked => _gateway.History.Queries.Count;

    private ValueTask<PriceTick?> FindAsync() => _gateway.Services.GetRequiredService<MatchingTicks>()
        .FindAsync(Place, PriceType.DayAheadHourly, DayAhead(0).Timestamp, TestContext.Current.CancellationToken);

    private static PriceTick DayAhead(double price, int revision = 1)
    {
        var tick = Ticks.Tick(Place.Location, price, interval: 0, type: PriceType.DayAheadHourly);
        return tick with { Revision = revision, PublishedAt = tick.PublishedAt.AddMinutes(revision) };
    }
}
