using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Pjm;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Tests.Pjm;

public sealed class PjmWindowTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset Edge = new(2024, 11, 21, 17, 27, 0, TimeSpan.Zero);

    public static TheoryData<int, int> Ranges() => new(
        from start in new[] { -800, -330, -40, -5, 0, 3 }
        from days in new[] { 1, 6, 30, 500 }
        select (start, days));

    [Theory]
    [MemberData(nameof(Ranges))]
    public void Split_AnyRange_CoversItInWindowsThatPjmAnswers(int start, int days)
    {
        var (from, to) = (Edge.AddDays(start), Edge.AddDays(start + days));

        var windows = PjmWindow.Split(from, to, Week, Edge, Hour).ToArray();

        Assert.Equal((from, to), (windows[0].From, windows[^1].To));
        Assert.Equal(windows.Skip(1).Select(window => window.From), windows.SkipLast(1).Select(window => window.To));
        Assert.All(windows, window =>
        {
            Assert.InRange(window.To - window.From, TimeSpan.FromTicks(1), Week);
            Assert.Equal(window.From < Edge.Ceiling(Hour), window.IsArchived);
            // The last row of an archived window is archived too.
            if (window.IsArchived) Assert.True(window.LastStart(Hour) < Edge && window.From.Year == window.LastStart(Hour).Year);
        });
    }

    [Fact]
    public void Instead_EdgeElsewhere_IsFoundByHalves()
    {
        var elsewhere = new DateTimeOffset(2024, 11, 24, 5, 0, 0, TimeSpan.Zero);
        var open = new Stack<PjmWindow>([new PjmWindow(Edge.AddDays(-3), Edge.AddDays(4), IsArchived: false)]);
        var answered = new List<PjmWindow>();
        var calls = 0;
        while (open.TryPop(out var window))
        {
            calls++;
            if (Refusal(window, elsewhere) is { } refusal)
            {
                foreach (var part in window.Instead(refusal, Hour).Reverse()) open.Push(part);
            }
            else
            {
                answered.Add(window);
            }
        }

        Assert.Equal((Edge.AddDays(-3), Edge.AddDays(4)), (answered[0].From, answered[^1].To));
        Assert.Equal(answered.Skip(1).Select(window => window.From), answered.SkipLast(1).Select(window => window.To));
        Assert.InRange(calls, 3, 40);
    }

    [Theory]
    [InlineData("HTTP 400: Filters: A datetime is missing")]
    [InlineData("HTTP 429: too many calls")]
    public void Instead_OtherRefusal_IsLeftToStand(string message) =>
        Assert.Empty(new PjmWindow(Edge, Edge + Week, IsArchived: false).Instead(new MarketFeedException("pjm:x", message), Hour));

    [Fact]
    public void Instead_WindowOfOneInterval_IsNotSplitForEver() =>
        Assert.Empty(new PjmWindow(Edge.AddMinutes(-27), Edge.AddMinutes(33), IsArchived: false).Instead(new MarketFeedException("pjm:x", "spans over archived and standard data"), Hour));

    private static MarketFeedException? Refusal(PjmWindow window, DateTimeOffset edge) =>
        window.From >= edge ? null
        : window.LastStart(Hour) >= edge ? new("pjm:x", "Filters: Date range in the API request spans over archived and standard data.")
        : window.IsArchived ? null
        : new("pjm:x", "The API request contains invalid attribute(s) for archived data");
}
