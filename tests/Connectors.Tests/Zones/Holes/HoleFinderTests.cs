using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Zones.Holes;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones.Holes;

public sealed class HoleFinderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 1, 5, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Five = TimeSpan.FromMinutes(5);

    private static DateTimeOffset At(int interval) => Start + Five * interval;

    private static IntervalCount[] Counts(params (int Interval, int Locations)[] counts) =>
        [.. counts.Select(count => new IntervalCount(At(count.Interval), count.Locations))];

    [Fact]
    public void Find_MissingAndThinIntervals_AreHolesAndWhatIsOutsideIsNot()
    {
        var counts = Counts((2, 100), (3, 98), (4, 49), (6, 101), (8, 100));

        // 0 and 1 come before anything was there; 9 is past the end; 4 has less than half of what is usual.
        Assert.Equal([At(4), At(5), At(7)], HoleFinder.Find(counts, Five, At(9)));
    }

    [Fact]
    public void Find_EndlessSilenceAtTheEnd_IsAHoleUpToWhereTheFeedHasRead() =>
        Assert.Equal([At(1), At(2)], HoleFinder.Find(Counts((0, 10)), Five, At(3)));

    [Fact]
    public void Find_NothingAtAll_IsNoHole() => Assert.Empty(HoleFinder.Find([], Five, At(9)));

    [Fact]
    public void Ranges_HolesInARow_AreOneRangeNoLongerThanTheFeedReads()
    {
        var ranges = HoleFinder.Ranges([At(7), At(1), At(2), At(3), At(4)], Five, longest: Five * 3);

        Assert.Equal([new FeedRange(At(1), At(4)), new(At(4), At(5)), new(At(7), At(8))], ranges);
    }
}
