using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Tests.Feeds;

public sealed class FundamentalPageBuilderTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Hour = new(2026, 11, 22, 16, 0, 0, TimeSpan.Zero);

    private static FundamentalPageBuilder Builder(DateTimeOffset from, DateTimeOffset? to = null) =>
        new("nyiso:isolf", new FeedRange(from, to), Now, TimeSpan.FromDays(10));

    private static Fundamental Forecast(DateTimeOffset start, double value) => new(FundamentalKind.LoadForecast, start, 60, value, Hour);

    [Fact]
    public void Build_ForecastsDaysAhead_LeaveTheCursorAtNow()
    {
        var page = Builder(Hour);
        page.Add(Forecast(Hour.AddDays(5), 2));
        page.Add(Forecast(Hour, 1));

        Assert.Equal([1.0, 2.0], page.Build().Fundamentals.Select(value => value.Value));
        Assert.Equal(Now, page.Build().Cursor);
    }

    [Fact]
    public void Build_OldValuesOnly_LeaveTheCursorWhereItWas()
    {
        var page = Builder(Hour);
        page.Add(Forecast(Hour.AddDays(-5), 1));

        Assert.Equal((1, Hour), (page.Build().Fundamentals.Count, page.Build().Cursor));
    }

    [Fact]
    public void Add_OutsideAClosedRange_IsLeftOutAndTheLaterOfTwoCounts()
    {
        var page = Builder(Hour, Hour.AddHours(1));
        foreach (var (start, value) in new[] { (Hour.AddHours(-1), 1.0), (Hour, 2.0), (Hour, 3.0), (Hour.AddHours(1), 4.0) }) page.Add(Forecast(start, value));

        Assert.Equal(Forecast(Hour, 3), Assert.Single(page.Build().Fundamentals));
    }

    [Fact]
    public void Believes_SentinelsAndSlips_AreRefused()
    {
        var page = Builder(Hour);

        Assert.False(page.Believes(DateTimeOffset.MaxValue, "Time Stamp"));
        Assert.False(page.Believes(DateTimeOffset.MinValue, "Time Stamp"));
        Assert.True(page.Believes(Now.AddDays(10), "Time Stamp"));
        Assert.Equal(["Time Stamp is more than 240 h ahead", "Time Stamp is before 2000"], page.Build().Rejections.Keys);
    }
}
