using System.Globalization;
using System.Text;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

/// <summary>An answer is published while it is parsed.</summary>
public sealed class PjmStreamingTests : MarketTest
{
    private const string Hourly = "pjm:rt_hrl_lmps";
    private const string Path = "/rt_hrl_lmps";
    private const string CsvHeader = "datetime_beginning_utc,pnode_id,total_lmp_rt,system_energy_price_rt,congestion_price_rt,marginal_loss_price_rt\r\n";

    private readonly DateTimeOffset _cursor = Utc(2026, 11, 20, 0);

    protected override MarketZone Zone => MarketZone.PJM;

    private static string Many(int rows, Func<int, string> utc) => string.Join(',', Enumerable.Range(0, rows).Select(row => PjmRow.Price(utc(row), row.ToString(CultureInfo.InvariantCulture))));

    /// <summary>Hours 5 to 8 in turn: not sorted by time.</summary>
    private static string Mixed(int row) => $"2026-11-20T0{5 + ((row * 3) % 4)}:00:00";

    [Fact]
    public async Task FetchAsync_LargeAnswer_ComesInPagesAndTheLastAloneMovesTheCursor()
    {
        Market.On(Path, $$"""{"items":[{{Many(20_001, Mixed)}}],"totalRows":20001}""");

        var pages = await ReadAsync(Feed(Hourly), _cursor);

        Assert.Equal([10_000, 10_000, 1], pages.Select(page => page.Ticks.Length));
        Assert.Equal([_cursor, _cursor, Utc(2026, 11, 20, 9)], pages.Select(page => page.Cursor));
        Assert.Equal(20_001, pages.SelectMany(page => page.Ticks).DistinctBy(tick => tick.Location).Count());
        Assert.All(pages, page => Assert.Equal(page.Ticks.Select(tick => tick.Timestamp).Order(), page.Ticks.Select(tick => tick.Timestamp)));
    }

    [Fact]
    public async Task FetchAsync_FullPage_LeavesNoEmptyOneBehind()
    {
        Market.On(Path, $"[{Many(10_000, Mixed)}]");

        var page = Assert.Single(await ReadAsync(Feed(Hourly), _cursor));

        Assert.Equal((10_000, Utc(2026, 11, 20, 9)), (page.Ticks.Length, page.Cursor));
    }

    [Fact]
    public async Task FetchAsync_AnswerThatBreaksOff_HasPublishedWhatCameAndNotMovedTheCursor()
    {
        Market.On(Path, $$"""{"totalRows":50000,"items":[{{Many(10_001, Mixed)}},{"datetime_beginning_utc":"2026-11-2""");
        var pages = new List<FeedPage>();

        var error = await Assert.ThrowsAsync<MarketFeedException>(async () =>
        {
            await foreach (var page in Feed(Hourly).FetchAsync(new FeedRange(_cursor), Cancel)) pages.Add(page);
        });

        Assert.Contains("not valid JSON", error.Message, StringComparison.Ordinal);
        Assert.Equal((10_000, _cursor), (Assert.Single(pages).Ticks.Length, pages[0].Cursor));
    }

    [Fact]
    public async Task FetchAsync_LargeCsv_ComesInPagesToo()
    {
        Market.On(Path, CsvHeader + string.Concat(Enumerable.Range(0, 25_000).Select(row => $"11/20/2026 {5 + (row % 2)}:00:00 AM,{row},1,1,0,0\r\n")));

        var pages = await ReadAsync(Feed(Hourly), _cursor);

        Assert.Equal([10_000, 10_000, 5_000], pages.Select(page => page.Ticks.Length));
        Assert.Equal([_cursor, _cursor, Utc(2026, 11, 20, 7)], pages.Select(page => page.Cursor));
    }

    [Theory]
    [InlineData("""{"links":[LINK],"searchSpecification":{"items":[1]},"totalRows":2,"items":[ITEM]}""")]
    [InlineData("""{"items":[ITEM],"searchSpecification":{"filters":[{"a":1}]},"totalRows":2,"links":[LINK]}""")]
    [InlineData("""{ "Items" : [ ITEM ] , "TotalRows":"2","Links":[{"rel":"self","href":"x"},LINK]}""")]
    public async Task FetchAsync_RowsBeforeOrAfterTheRestOfTheEnvelope_AreFollowedByTheNextPage(string envelope)
    {
        Market.On(Path, request => MarketServer.Reply.Text(request.Query["startRow"] == "1"
            ? envelope.Replace("LINK", """{"rel":"next","href":"?startRow=2"}""", StringComparison.Ordinal).Replace("ITEM", PjmRow.Price("2026-11-20T09:00:00"), StringComparison.Ordinal)
            : PjmRow.Envelope(PjmRow.Price("2026-11-20T04:00:00", "2"))));

        var pages = await ReadAsync(Feed(Hourly), _cursor);

        Assert.Equal(["101", "2"], pages.SelectMany(page => page.Ticks).Select(tick => tick.Location));
        Assert.Equal([_cursor, Utc(2026, 11, 20, 10)], pages.Select(page => page.Cursor));
    }

    [Theory]
    [InlineData("""{"items":[],"totalRows":0""", "not valid JSON")]
    [InlineData("""{"items":[]} {}""", "not valid JSON")]
    [InlineData("[] []", "not valid JSON")]
    [InlineData("""{"items":[17]}""", "an item is not a JSON object")]
    [InlineData("""{"items":null}""", "items is missing")]
    [InlineData("""{"items":[{"datetime_beginning_utc":"\ud800"}]}""", "not valid JSON")]
    [InlineData("""{"items":[],"links":[{"rel":"next","href":"?row=2"}]}""", "no startRow")]
    public async Task FetchAsync_DamagedAnswer_IsOneClearError(string body, string expected)
    {
        Market.On(Path, body);

        Assert.Contains(expected, await ProblemAsync(Feed(Hourly)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchAsync_QuotedNumbersEscapesNestedAndNewColumns_AreRead()
    {
        Market.On(Path, """
            [{"extra":{"a":[1,{"b":2}]},"PNODE_ID":"51288","pnode_name":"WESTERN \u0048UB","total_lmp_rt":" 10.5 ","system_energy_price_rt":"10","congestion_price_rt":null,
              "marginal_loss_price_rt":"","datetime_beginning_utc":"2026-11-20T05:00:00Z","type":"HUB","more":[]}]
            """);

        var page = Assert.Single(await ReadAsync(Feed(Hourly)));

        var tick = Assert.Single(page.Ticks);
        Assert.Equal(("51288", 10.5, 10.0, null, null), (tick.Location, tick.Price, tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Equal(new MarketLocation(new LocationId(MarketZone.PJM, "51288"), "WESTERN HUB", LocationType.Hub), Assert.Single(page.Locations));
    }

    [Fact]
    public async Task FetchAsync_NameLongerThanARow_IsRead()
    {
        var name = new string('N', 3000);
        Market.On(Path, PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00", name: name)));

        Assert.Equal(name, Assert.Single(Assert.Single(await ReadAsync(Feed(Hourly))).Locations).Name);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FetchAsync_AutumnDay_Has25HoursWhateverEasternTimeSays(bool json)
    {
        // Eastern time shows one o'clock twice: at 05:00 and at 06:00 UTC.
        var hours = Enumerable.Range(0, 25).Select(hour => (Utc: new DateTime(2026, 11, 1, 4, 0, 0).AddHours(hour), Eastern: new DateTime(2026, 11, 1).AddHours(hour < 2 ? hour : hour - 1))).ToArray();
        Market.On(Path, json
            ? PjmRow.Envelope(hours.Select(hour => PjmRow.Price($"{hour.Utc:yyyy-MM-ddTHH:mm:ss}", more: $"\"datetime_beginning_ept\":\"{hour.Eastern:yyyy-MM-ddTHH:mm:ss}\",")))
            : "datetime_beginning_ept," + CsvHeader + string.Concat(hours.Select(hour => string.Create(CultureInfo.InvariantCulture, $"{hour.Eastern:M/d/yyyy h:mm:ss tt},{hour.Utc:M/d/yyyy h:mm:ss tt},101,1,1,0,0\r\n"))));

        var ticks = await TicksAsync(Feed(Hourly));

        Assert.Equal(Enumerable.Range(0, 25).Select(hour => Utc(2026, 11, 1, 4).AddHours(hour)), ticks.Select(tick => tick.Timestamp));
    }

    [Fact]
    public async Task FetchAsync_SpringDay_Has23HoursWhateverEasternTimeSays()
    {
        var hours = Enumerable.Range(0, 23).Select(hour => (Utc: new DateTime(2026, 3, 8, 5, 0, 0).AddHours(hour), Eastern: new DateTime(2026, 3, 8).AddHours(hour < 2 ? hour : hour + 1)));
        Market.On("/da_hrl_lmps", PjmRow.Envelope(hours.Select(hour =>
            PjmRow.Price($"{hour.Utc:yyyy-MM-ddTHH:mm:ss}", suffix: "da", more: $"\"datetime_beginning_ept\":\"{hour.Eastern:yyyy-MM-ddTHH:mm:ss}\","))));

        var ticks = await TicksAsync(Feed("pjm:da_hrl_lmps"));

        Assert.Equal(Enumerable.Range(0, 23).Select(hour => Utc(2026, 3, 8, 5).AddHours(hour)), ticks.Select(tick => tick.Timestamp));
        // 13:00 of the day before, which is still on standard time.
        Assert.All(ticks, tick => Assert.Equal(Utc(2026, 3, 7, 18), tick.PublishedAt));
    }

    [Fact]
    public async Task FetchAsync_SameBodyTwice_MakesOneStringOfEachPlace()
    {
        Market.On(Path, Encoding.UTF8.GetBytes(PjmRow.Envelope(PjmRow.Price("2026-11-20T05:00:00"), PjmRow.Price("2026-11-20T06:00:00"))));

        var ticks = await TicksAsync(Feed(Hourly));

        Assert.Same(ticks[0].Location, ticks[1].Location);
    }
}
