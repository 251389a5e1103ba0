using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Grains.Validation;

namespace OptiBid.Grains.Tests.Validation;

public sealed class LocationLimitTests
{
    private static LocationLimit Limit(int most) => new(Options.Create(new MarketRulesOptions { MaxLocations = most }));

    [Fact]
    public void Admit_ZoneFull_RefusesNewNamesAndNoOthers()
    {
        var limit = Limit(2);
        for (var i = 0; i < 2; i++)
        {
            limit.Admit(MarketZone.PJM, "a");
            limit.Admit(MarketZone.PJM, "b");
        }

        var error = Assert.Throws<PriceFormatException>(() => limit.Admit(MarketZone.PJM, "c"));
        Assert.Equal("location", error.Field);
        Assert.Contains("MaxLocations", error.Message, StringComparison.Ordinal);
        limit.Admit(MarketZone.PJM, "a");
        limit.Admit(MarketZone.CAISO, "c");
    }

    [Fact]
    public void Admit_FromSeveralPartitionsAtOnce_LetsInAsManyAsAllowed()
    {
        var limit = Limit(500);
        var admitted = 0;
        Parallel.For(0, 4_000, i =>
        {
            try
            {
                limit.Admit(MarketZone.SPP, (i % 1_000).ToString());
                Interlocked.Increment(ref admitted);
            }
            catch (PriceFormatException)
            {
                // One of the names too many.
            }
        });

        Assert.InRange(admitted, 500, 2_000);
        Assert.Equal(500, Enumerable.Range(0, 1_000).Count(i => IsIn(i.ToString())));

        bool IsIn(string location)
        {
            try
            {
                limit.Admit(MarketZone.SPP, location);
                return true;
            }
            catch (PriceFormatException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void Options_NoLocationsAllowed_StopTheStart() =>
        Assert.Contains("MaxLocations", new MarketRulesOptions.Validator().Validate(null, new() { MaxLocations = 0 }).FailureMessage, StringComparison.Ordinal);
}
