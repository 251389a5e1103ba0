using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;

namespace OptiBid.Grains.Tests.Quality;

public sealed class EventBudgetTests
{
    private readonly EventBudget _budget = new(3);

    private static QualityEvent Finding(int number, MarketZone zone = MarketZone.PJM, QualityKind kind = QualityKind.FlatLined, string? location = "") => new()
    {
        Id = $"{number}", Zone = zone, Location = location is null ? null : $"L{number}", Kind = kind, Severity = QualitySeverity.Warning,
        Timestamp = Prices.Noon, ObservedAt = Prices.Noon, Message = "it stands still",
    };

    [Fact]
    public void Storm_BeyondTheBudget_IsSummedUpByKindWhenTheMinuteIsOver()
    {
        var admitted = Enumerable.Range(0, 1_000).Count(i => _budget.Admit(Finding(i, kind: i % 10 == 9 ? QualityKind.Spike : QualityKind.FlatLined), Prices.Noon));
        Assert.Equal(3, admitted);
        Assert.True(_budget.Admit(Finding(0, MarketZone.ERCOT), Prices.Noon));
        Assert.True(_budget.Admit(Finding(0, location: null), Prices.Noon));
        Assert.Empty(_budget.TakeSums(Prices.Noon.AddSeconds(59)));

        var sums = _budget.TakeSums(Prices.Noon.AddMinutes(1));

        Assert.Equal([(QualityKind.FlatLined, 897), (QualityKind.Spike, 100)], sums.Select(sum => (sum.Kind, sum.Count)));
        Assert.All(sums, sum => Assert.Null(sum.Location));
        Assert.Contains("L3", sums[0].Message, StringComparison.Ordinal);
        Assert.Empty(_budget.TakeSums(Prices.Noon.AddMinutes(2)));
        Assert.True(_budget.Admit(Finding(7), Prices.Noon.AddMinutes(2)));
    }

    [Fact]
    public void Ends_OfAStorm_HaveABudgetOfTheirOwn()
    {
        for (var i = 0; i < 10; i++) _ = _budget.Admit(Finding(i), Prices.Noon);
        Assert.Equal(3, Enumerable.Range(0, 10).Count(i => _budget.Admit(Finding(i) with { EndedAt = Prices.Noon }, Prices.Noon)));
    }
}
