using FsCheck;
using FsCheck.Fluent;
using OptiBid.History.Queries;

namespace OptiBid.History.Tests.Queries;

public sealed class PiecewiseReadingTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static PriceQuery Days(double days, bool descending = false) => new() { Start = Ticks.Noon, End = Ticks.Noon.AddDays(days), Descending = descending };

    // A row every so often from noon on, by its number; which pieces were read is noted.
    private static async IAsyncEnumerable<int> RowsAsync(PriceQuery piece, TimeSpan every, List<PriceQuery> pieces)
    {
        await Task.CompletedTask;
        pieces.Add(piece);
        var (first, beyond) = (First(piece.Start), First(piece.End));
        var rows = Enumerable.Range(0, beyond - first).Select(i => piece.Descending ? beyond - 1 - i : first + i).Take(piece.Limit ?? int.MaxValue);
        foreach (var row in rows) yield return row;

        int First(DateTimeOffset from) => (int)((from - Ticks.Noon + every - TimeSpan.FromTicks(1)) / every);
    }

    [Fact]
    public void Read_AnyRangeDirectionAndLimit_GivesEachRowOnceInOrder() =>
        Prop.ForAll(
            (from minutes in Gen.Choose(0, 100_000)
             from every in Gen.Choose(1, 500)
             from first in Gen.Choose(1, 5_000)
             from backward in Gen.Elements(true, false)
             from limit in Gen.Elements(0, 1, 100, int.MaxValue)
             select (Minutes: minutes, Every: TimeSpan.FromMinutes(every), First: TimeSpan.FromMinutes(first), Descending: backward, Limit: limit)).ToArbitrary(),
            given =>
            {
                var query = Days(0, given.Descending) with { End = Ticks.Noon.AddMinutes(given.Minutes), Limit = given.Limit == int.MaxValue ? null : given.Limit };
                var (pieces, whole) = (new List<PriceQuery>(), new List<PriceQuery>());
                var read = PiecewiseReading.ReadAsync(query, given.First, piece => RowsAsync(piece, given.Every, pieces), Cancel).ToBlockingEnumerable();
                return read.SequenceEqual(RowsAsync(query, given.Every, whole).ToBlockingEnumerable())
                    && pieces.Zip(pieces.Skip(1)).All(pair => given.Descending ? pair.Second.End == pair.First.Start : pair.Second.Start == pair.First.End);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_LittleFound_MakesPiecesLongerUpToAMonth(bool descending)
    {
        var pieces = new List<PriceQuery>();
        _ = await PiecewiseReading.ReadAsync(Days(400, descending), Hour, piece => RowsAsync(piece, TimeSpan.FromDays(1), pieces), Cancel).CountAsync(Cancel);

        Assert.Equal([1, 4, 16, 64, 256, 768, 768], pieces.Take(7).Select(piece => (piece.End - piece.Start).TotalHours));
        Assert.InRange(pieces.Count, 10, 20);
    }

    [Fact]
    public async Task Read_MuchFound_MakesPiecesShorterButNotShorterThanTheFirst()
    {
        var pieces = new List<PriceQuery>();
        var every = TimeSpan.FromSeconds(0.25);
        _ = await PiecewiseReading.ReadAsync(Days(1), Hour, piece => RowsAsync(piece, piece.Start == Ticks.Noon ? Hour : every, pieces), Cancel).CountAsync(Cancel);
        Assert.Equal([1, 4, 2, 2], pieces.Take(4).Select(piece => (piece.End - piece.Start).TotalHours));

        pieces.Clear();
        _ = await PiecewiseReading.ReadAsync(Days(1), Hour * 6, piece => RowsAsync(piece, every, pieces), Cancel).CountAsync(Cancel);
        Assert.Equal([6, 6, 6, 6], pieces.Select(piece => (piece.End - piece.Start).TotalHours));
    }

    [Fact]
    public async Task Read_ReaderHasEnough_ReadsNoFurtherPiece()
    {
        var pieces = new List<PriceQuery>();
        var rows = PiecewiseReading.ReadAsync(Days(400) with { Limit = 30 }, TimeSpan.FromDays(10), piece => RowsAsync(piece, TimeSpan.FromDays(1), pieces), Cancel);

        Assert.Equal(Enumerable.Range(0, 5), await rows.Take(5).ToListAsync(Cancel));
        Assert.Single(pieces);
        pieces.Clear();
        Assert.Equal(30, await rows.CountAsync(Cancel));
        Assert.Equal([30, 20], pieces.Select(piece => piece.Limit));
    }

    [Fact]
    public async Task Read_AfterARow_BeginsInItsInterval()
    {
        var after = new PriceKey(Ticks.Noon.AddHours(30), MarketZone.PJM, "51288", PriceType.RealTime5Min);
        foreach (var descending in new[] { false, true })
        {
            var pieces = new List<PriceQuery>();
            _ = await PiecewiseReading.ReadAsync(Days(4, descending) with { After = after }, Hour, piece => RowsAsync(piece, Hour, pieces), Cancel).CountAsync(Cancel);
            Assert.True(descending ? pieces[0].End == after.Timestamp + TimeSpan.FromMicroseconds(1) : pieces[0].Start == after.Timestamp);
            Assert.All(pieces, piece => Assert.Equal(after, piece.After));
        }
    }

    [Theory]
    [InlineData(false, -1)]
    [InlineData(true, -1)]
    [InlineData(false, 5)]
    [InlineData(true, 5)]
    public void Range_AfterARowOutside_StaysWithinTheQuery(bool descending, int day)
    {
        var query = Days(4, descending) with { After = new(Ticks.Noon.AddDays(day), MarketZone.PJM, "51288", PriceType.RealTime5Min) };
        var (start, end) = PiecewiseReading.Range(query);
        Assert.True((start >= query.Start && end <= query.End) || start >= end);
        Assert.Equal(descending == (day < 0), start >= end);
    }

    [Fact]
    public void Range_OfAllTime_DoesNotRunOver()
    {
        var last = new PriceKey(DateTimeOffset.MaxValue, MarketZone.PJM, "51288", PriceType.RealTime5Min);
        var query = new PriceQuery { Start = DateTimeOffset.MinValue, End = DateTimeOffset.MaxValue, Descending = true };
        Assert.Equal((query.Start, query.End), PiecewiseReading.Range(query with { After = last }));
        Assert.Equal((query.Start, query.Start), PiecewiseReading.Range(query with { After = last, End = query.Start }));
    }
}
