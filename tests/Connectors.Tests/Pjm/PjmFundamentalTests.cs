using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

public sealed class PjmFundamentalTests : MarketTest
{
    private const string Load = "pjm:inst_load";
    private const string SevenDays = "pjm:load_frcstd_7_day";
    private const string VeryShort = "pjm:very_short_load_frcst";
    private const string Fuels = "pjm:gen_by_fuel";

    protected override MarketZone Zone => MarketZone.PJM;

    private static string Reading(string utc, string area, string load) => $$"""{"datetime_beginning_utc":"{{utc}}","area":"{{area}}","instantaneous_load":{{load}}}""";

    private static string Forecast(string evaluated, string start, string area, string load, string column = "evaluated_at_datetime_utc") =>
        $$"""{"{{column}}":"{{evaluated}}","forecast_datetime_beginning_utc":"{{start}}","forecast_area":"{{area}}","forecast_load_mw":{{load}}}""";

    private static string Fuel(string utc, string fuel, string mw, string renewable) => $$"""{"datetime_beginning_utc":"{{utc}}","fuel_type":"{{fuel}}","mw":{{mw}}{{renewable}}}""";

    [Fact]
    public async Task Load_IsThatOfAllOfPjm()
    {
        Market.On("/inst_load", PjmRow.Envelope(
            Reading("2026-11-22T17:20:00", "PJM RTO", "83210.5"), Reading("2026-11-22T17:20:00", "PJM WESTERN REGION", "40000"), Reading("2026-11-22T17:15:07", "PJM RTO", "\"83000\"")));
        var feed = Feed(Load);

        var page = Assert.Single(await ReadAsync(feed));

        Assert.Equal(
            [new Fundamental(FundamentalKind.Load, Utc(2026, 11, 22, 17, 15), 5, 83000, Utc(2026, 11, 22, 17, 15).AddSeconds(7)), new Fundamental(FundamentalKind.Load, Utc(2026, 11, 22, 17, 20), 5, 83210.5, Utc(2026, 11, 22, 17, 20))],
            page.Fundamentals);
        Assert.Equal((Utc(2026, 11, 22, 17, 25), 3, 0, null), (page.Cursor, page.RowsRead, page.RowsRejected, page.Warning));
        Assert.Equal((FeedKind.Fundamentals, null), (feed.Kind, feed.PriceType));
        Assert.Equal(("PJM RTO", "11/22/2026 16:57to11/22/2026 17:27"), (Market.Requests.Single().Query["area"], Market.Requests.Single().Query["datetime_beginning_utc"]));
    }

    [Fact]
    public async Task Load_BadRows_AreRefusedByReasonAndHarmNoOther()
    {
        Market.On("/inst_load", PjmRow.Envelope(
            Reading("soon", "PJM RTO", "1"), Reading("9999-12-31T00:00:00", "PJM RTO", "1"), Reading("0001-01-01T00:00:00", "PJM RTO", "1"),
            Reading("2026-11-22T17:20:00", "PJM RTO", "null"), Reading("2026-11-22T17:20:00", "PJM RTO", "5")));

        var page = Assert.Single(await ReadAsync(Feed(Load)));

        Assert.Equal(5, Assert.Single(page.Fundamentals).Value);
        Assert.Equal(4, page.Rejections.Count);
    }

    [Fact]
    public async Task Load_NoRowForAllOfPjm_IsTold()
    {
        Market.On("/inst_load", PjmRow.Envelope(Reading("2026-11-22T17:20:00", "PJM WESTERN REGION", "40000")));

        Assert.Contains("no row is for all of PJM", Assert.Single(await ReadAsync(Feed(Load))).Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Load_AutumnDay_IsToldByUtcAlone()
    {
        Market.On("/inst_load", "datetime_beginning_utc,datetime_beginning_ept,area,instantaneous_load\r\n" +
            "11/1/2026 5:30:00 AM,11/1/2026 1:30:00 AM,PJM RTO,70000\r\n11/1/2026 6:30:00 AM,11/1/2026 1:30:00 AM,PJM RTO,69000\r\n");

        var page = Assert.Single(await ReadAsync(Feed(Load)));

        Assert.Equal([(Utc(2026, 11, 1, 5, 30), 70000.0), (Utc(2026, 11, 1, 6, 30), 69000.0)], page.Fundamentals.Select(value => (value.Start, value.Value)));
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("""{"items":[""", "]}")]
    public async Task SevenDayForecast_ArrayOrEnvelope_IsPublishedWhenItWasEvaluated(string open, string close)
    {
        Market.On("/load_frcstd_7_day", open + string.Join(
            ',',
            Forecast("2026-11-22T17:17:53", "2026-11-22T18:00:00", "RTO_COMBINED", "90000"),
            Forecast("2026-11-22T17:17:53", "2026-11-22T18:00:00", "AEP", "11000"),
            Forecast("2026-11-22T17:17:53", "2026-11-29T04:00:00", "RTO_COMBINED", "80000")) + close);

        var page = Assert.Single(await ReadAsync(Feed(SevenDays)));

        var evaluated = Utc(2026, 11, 22, 17, 17).AddSeconds(53);
        Assert.Equal(
            [new Fundamental(FundamentalKind.LoadForecast, Utc(2026, 11, 22, 18), 60, 90000, evaluated), new Fundamental(FundamentalKind.LoadForecast, Utc(2026, 11, 29, 4), 60, 80000, evaluated)],
            page.Fundamentals);
        Assert.Equal(evaluated, page.Cursor);
        Assert.Equal("RTO_COMBINED", Market.Requests.Single().Query["forecast_area"]);
    }

    [Fact]
    public async Task SevenDayForecast_EvaluatedInTheFuture_IsRefused()
    {
        Market.On("/load_frcstd_7_day", PjmRow.Envelope(Forecast("2027-11-22T17:17:53", "2026-11-22T18:00:00", "RTO_COMBINED", "90000")));
        var cursor = Utc(2026, 11, 22, 16);

        var page = Assert.Single(await ReadAsync(Feed(SevenDays), cursor));

        Assert.Empty(page.Fundamentals);
        Assert.Equal((1, cursor), (page.RowsRejected, page.Cursor));
    }

    [Fact]
    public async Task VeryShortForecast_IsAskedForByEvaluationAndKeepsEachOne()
    {
        Market.On("/very_short_load_frcst", PjmRow.Envelope(
            Forecast("2026-11-22T17:25:00", "2026-11-22T17:35:00", "RTO_COMBINED", "84100", "evaluated_at_utc"),
            Forecast("2026-11-22T17:20:00", "2026-11-22T17:35:00", "RTO_COMBINED", "84000", "evaluated_at_utc")));

        var page = Assert.Single(await ReadAsync(Feed(VeryShort), Utc(2026, 11, 22, 17, 10)));

        Assert.Equal([(84000.0, 5), (84100.0, 5)], page.Fundamentals.Select(value => (value.Value, value.Minutes)));
        Assert.Equal(Utc(2026, 11, 22, 17, 25), page.Cursor);
        Assert.Equal("11/22/2026 17:10to11/22/2026 17:27", Market.Requests.Single().Query["evaluated_at_utc"]);
    }

    [Fact]
    public async Task ClosedRange_OfAnyOfThem_HoldsNothingOutside()
    {
        Market.On("/inst_load", PjmRow.Envelope(Reading("2026-11-20T05:00:00", "PJM RTO", "1"), Reading("2026-11-20T06:00:00", "PJM RTO", "2")))
            .On("/very_short_load_frcst", PjmRow.Envelope(
                Forecast("2026-11-20T04:00:00", "2026-11-20T05:00:00", "RTO_COMBINED", "1", "evaluated_at_utc"),
                Forecast("2026-11-20T05:55:00", "2026-11-20T06:00:00", "RTO_COMBINED", "2", "evaluated_at_utc")))
            .On("/gen_by_fuel", PjmRow.Envelope(Fuel("2026-11-20T05:00:00", "Wind", "1", ""), Fuel("2026-11-20T06:00:00", "Wind", "1", "")));
        var range = new FeedRange(Utc(2026, 11, 20, 5), Utc(2026, 11, 20, 6));

        foreach (var feed in new[] { Feed(Load), Another(VeryShort), Another(Fuels) })
        {
            Assert.NotNull(feed.BackfillChunk);
            var values = new List<Fundamental>();
            await foreach (var page in feed.FetchAsync(range, Cancel)) values.AddRange(page.Fundamentals);
            Assert.Equal(range.From, Assert.Single(values).Start);
        }

        // A forecast for the hour may have been made as long before as forecasts reach.
        Assert.Equal("11/20/2026 02:00to11/20/2026 06:00", Market.Requests.Single(asked => asked.Path == "/very_short_load_frcst").Query["evaluated_at_utc"]);
    }

    [Fact]
    public async Task RenewableShare_IsAddedUpByWhatTheRowsSay()
    {
        Market.On("/gen_by_fuel", PjmRow.Envelope(
            Fuel("2026-11-22T15:00:00", "Gas", "60", ",\"is_renewable\":false"), Fuel("2026-11-22T14:00:00", "Wind", "50", ",\"is_renewable\":true"), Fuel("2026-11-22T15:00:00", "Biogas", "20", ",\"is_renewable\":\"True\""),
            Fuel("2026-11-22T15:00:00", "Hydro", "20", ",\"is_renewable\":false"), Fuel("2026-11-22T15:00:00", "Storage", "-40", ",\"is_renewable\":false")));

        var page = Assert.Single(await ReadAsync(Feed(Fuels), Utc(2026, 11, 22, 12)));

        Assert.Equal(
            [new Fundamental(FundamentalKind.RenewableShare, Utc(2026, 11, 22, 14), 60, 100, Utc(2026, 11, 22, 15, 15)), new Fundamental(FundamentalKind.RenewableShare, Utc(2026, 11, 22, 15), 60, 20, Utc(2026, 11, 22, 16, 15))],
            page.Fundamentals);
        Assert.Equal(Utc(2026, 11, 22, 16), page.Cursor);
    }

    [Fact]
    public async Task RenewableShare_WithoutThatColumn_GoesByTheFuelsPjmCountsAsRenewable()
    {
        Market.On("/gen_by_fuel", "datetime_beginning_utc,fuel_type,mw\r\n11/22/2026 3:00:00 PM,Wind,10\r\n11/22/2026 3:00:00 PM,Other Renewables,5\r\n11/22/2026 3:00:00 PM,Coal,85\r\n");

        Assert.Equal(15, Assert.Single(Assert.Single(await ReadAsync(Feed(Fuels))).Fundamentals).Value);
    }

    [Fact]
    public async Task RenewableShare_AnswerCutShort_LeavesTheHourThatMayLackFuels()
    {
        Market.On("/gen_by_fuel", $$"""{"items":[{{Fuel("2026-11-22T14:00:00", "Wind", "50", "")}},{{Fuel("2026-11-22T15:00:00", "Wind", "60", "")}}],"totalRows":20}""");

        var page = Assert.Single(await ReadAsync(Feed(Fuels)));

        Assert.Equal(Utc(2026, 11, 22, 14), Assert.Single(page.Fundamentals).Start);
        Assert.Contains("ends at row 2 of 20", page.Warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RenewableShare_HourAcrossTwoPages_IsAddedUpWhole()
    {
        Market.On("/gen_by_fuel", request => MarketServer.Reply.Text(request.Query["startRow"] == "1"
            ? $$"""{"items":[{{Fuel("2026-11-22T15:00:00", "Wind", "50", "")}}],"links":[{"rel":"next","href":"?startRow=2"}]}"""
            : PjmRow.Envelope(Fuel("2026-11-22T15:00:00", "Coal", "50", ""))));

        Assert.Equal(50, Assert.Single(Assert.Single(await ReadAsync(Feed(Fuels))).Fundamentals).Value);
    }
}
