using Microsoft.Extensions.Time.Testing;
using OptiBid.Simulator.Live;

namespace OptiBid.Simulator.Tests.Live;

public sealed class PaceTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public void Next_HistoryWithoutARate_GoesAtOnce() =>
        Assert.Equal(TimeSpan.Zero, new Pace(null, _clock).Next(_clock.GetUtcNow().AddHours(-1)));

    [Fact]
    public void Next_PriceOfTheFuture_WaitsForItsTimeWhateverTheRate() =>
        Assert.Equal(TimeSpan.FromSeconds(90), new Pace(1e9, _clock).Next(_clock.GetUtcNow().AddSeconds(90)));

    [Fact]
    public void Next_ManyAtARate_TakeAsLongAsTheRateAllows()
    {
        var pace = new Pace(1000, _clock);
        var start = _clock.GetUtcNow();

        for (var i = 0; i < 5001; i++) _clock.Advance(pace.Next(start));

        Assert.InRange((_clock.GetUtcNow() - start).TotalSeconds, 4.99, 5.01);
    }
}
