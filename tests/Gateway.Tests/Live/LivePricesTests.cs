using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Live;

public class LivePricesTests
{
    private static readonly LocationId A = new(MarketZone.PJM, "A");

    [Fact]
    public void Accept_OlderIntervalOrRevision_IsKeptOut()
    {
        var prices = PriceReaderTests.Table();
        Assert.Equal(1, prices.Accept([Ticks.Update(interval: 2, revision: 2)]));

        Assert.Equal(0, prices.Accept([Ticks.Update(interval: 1, revision: 9), Ticks.Update(interval: 2, revision: 1), Ticks.Update(interval: 2, revision: 2)]));
        Assert.Equal(2, prices.Accept([Ticks.Update(interval: 2, revision: 3), Ticks.Update(interval: 3)]));
        Assert.Equal(Ticks.Update(interval: 3), prices.Find(A)!.Newest(PriceType.RealTime5Min)!.Update);
    }

    [Fact]
    public void Accept_OtherSeriesOfTheLocation_StandBesideEachOther()
    {
        var prices = PriceReaderTests.Table();
        prices.Accept([Ticks.Update(interval: 5), Ticks.Update(type: PriceType.DayAheadHourly), Ticks.Update(zone: MarketZone.ERCOT)]);

        Assert.Equal(3, prices.Matching(new PriceFilter(ZoneSet.All)).Count());
        Assert.Equal(2, prices.LocationCount);
    }

    [Fact]
    public void Catalog_LearnsTheName_WhatWasTakenWithoutItIsTakenOnceMore()
    {
        var catalog = new LocationCatalog();
        var prices = new LivePrices(catalog, PriceReaderTests.Instruments(), 64);
        prices.Accept([Ticks.Update()]);
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
        reader.TakeSnapshot();

        catalog.Load([new MarketLocation(A, "WESTERN HUB", LocationType.Hub)]);

        var view = prices.Find(A)!.Newest(PriceType.RealTime5Min)!.View;
        Assert.Equal(("WESTERN HUB", "HUB"), (view.LocationName, view.LocationType));
        var taken = new List<LivePrice>();
        Assert.Equal(0, reader.TakeNewest(taken));
        Assert.Equal(view, Assert.Single(taken).View);

        // Once; and not for a catalog that says the same, nor to who streams every price.
        catalog.Load([new MarketLocation(A, "WESTERN HUB", LocationType.Hub), new MarketLocation(new LocationId(MarketZone.PJM, "B"), "B", LocationType.Hub)]);
        reader.TakeNewest(taken);
        Assert.Equal(0, reader.TakeEvery(taken, 100));
        Assert.Single(taken);
    }

    [Fact]
    public void Catalog_LearnsTheNameOfSomethingOutsideTheFilter_GivesNothing()
    {
        var catalog = new LocationCatalog();
        var prices = new LivePrices(catalog, PriceReaderTests.Instruments(), 64);
        prices.Accept([Ticks.Update()]);
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.None.With(MarketZone.ERCOT)));
        reader.TakeSnapshot();

        catalog.Load([new MarketLocation(A, "WESTERN HUB", LocationType.Hub)]);
        var taken = new List<LivePrice>();
        reader.TakeNewest(taken);
        Assert.Empty(taken);
    }

    [Fact]
    public void Catalog_LearnsTheNameBeforeAPushIsDue_ThePushHasIt()
    {
        var catalog = new LocationCatalog();
        var prices = new LivePrices(catalog, PriceReaderTests.Instruments(), 64);
        var reader = new PriceReader(prices, new PriceFilter(ZoneSet.All));
        prices.Accept([Ticks.Update()]);
        catalog.Load([new MarketLocation(A, "WESTERN HUB", LocationType.Hub)]);

        var taken = new List<LivePrice>();
        reader.TakeNewest(taken);
        Assert.Equal("WESTERN HUB", Assert.Single(taken).View.LocationName);
    }

    [Fact]
    public void Ordered_LocationsAdded_StaysSorted()
    {
        var prices = PriceReaderTests.Table();
        prices.Accept([Ticks.Update("b"), Ticks.Update("A"), Ticks.Update("z", zone: MarketZone.CAISO)]);
        Assert.Equal(["PJM/A", "PJM/b", "CAISO/z"], prices.Ordered().Select(place => place.Id.ToString()));

        prices.Accept([Ticks.Update("B")]);
        Assert.Equal(["PJM/A", "PJM/B", "PJM/b", "CAISO/z"], prices.Ordered().Select(place => place.Id.ToString()));
    }

    [Fact]
    public async Task WaitForChange_PriceKeptOut_GoesOnWaiting()
    {
        var prices = PriceReaderTests.Table();
        prices.Accept([Ticks.Update(interval: 1)]);
        var waiting = prices.WaitForChangeAsync(prices.Journal.Head, TestContext.Current.CancellationToken);

        prices.Accept([Ticks.Update(interval: 0)]);
        Assert.False(waiting.IsCompleted);
        prices.Accept([Ticks.Update(interval: 2)]);
        await waiting.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }
}
