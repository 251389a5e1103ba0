using System.Globalization;
using System.Text.Json;

namespace OptiBid.Simulator.Tests.Serve.Pjm;

public sealed class PjmEndpointsTests : ServeTest
{
    private const string DayAhead = "/pjm/api/v1/da_hrl_lmps?datetime_beginning_ept=";

    [Fact]
    public async Task Json_OneInterval_IsTheEnvelopeOfDataMiner()
    {
        await StartAsync(new() { Locations = 1 });

        var text = await TextAsync("/pjm/api/v1/rt_hrl_lmps?rowCount=5&datetime_beginning_ept=11/20/2026 00:00to11/20/2026 00:00&fields=datetime_beginning_utc,datetime_beginning_ept,pnode_id,pnode_name,voltage,type,row_is_current,version_nbr");

        var query = "Order=Asc&StartRow=1&IsActiveMetadata=True&Fields=datetime_beginning_utc%2Cdatetime_beginning_ept%2Cpnode_id%2Cpnode_name%2Cvoltage%2Ctype%2Crow_is_current%2Cversion_nbr&datetime_beginning_ept=11%2F20%2F2026%2000%3A00to11%2F20%2F2026%2000%3A00";
        Assert.Equal(
            "{\"links\":[{\"rel\":\"self\",\"href\":\"" + Url + "/pjm/api/v1/rt_hrl_lmps?RowCount=5&" + query + "\"},{\"rel\":\"metadata\",\"href\":\"" + Url + "/pjm/api/v1/rt_hrl_lmps/metadata\"}],"
            + "\"items\":[{\"datetime_beginning_utc\":\"2026-11-20T05:00:00\",\"datetime_beginning_ept\":\"2026-11-20T00:00:00\",\"pnode_id\":51288,\"pnode_name\":\"WESTERN HUB\",\"voltage\":null,\"type\":\"HUB\",\"row_is_current\":true,\"version_nbr\":1}],"
            + "\"searchSpecification\":{\"rowCount\":5,\"order\":\"Asc\",\"startRow\":1,\"isActiveMetadata\":true,\"fields\":[\"datetime_beginning_utc\",\"datetime_beginning_ept\",\"pnode_id\",\"pnode_name\",\"voltage\",\"type\",\"row_is_current\",\"version_nbr\"],"
            + "\"filters\":[{\"datetime_beginning_ept\":\"11/20/2026 00:00to11/20/2026 00:00\"}]},\"totalRows\":1}",
            text);
    }

    [Fact]
    public async Task Csv_DayAhead_HasPjmsColumnsDatesAndDecimals()
    {
        await StartAsync();

        var lines = await LinesAsync(DayAhead + "11/24/2026 00:00to11/24/2026 13:00&format=csv&pnode_id=1");

        Assert.Equal(
            "datetime_beginning_utc,datetime_beginning_ept,pnode_id,pnode_name,voltage,equipment,type,zone,system_energy_price_da,total_lmp_da,congestion_price_da,marginal_loss_price_da,row_is_current,version_nbr\r",
            lines[0]);
        Assert.Matches(@"^11/24/2026 5:00:00 AM,11/24/2026 12:00:00 AM,1,PJM-RTO,,,ZONE,,-?\d+\.\d\d,-?\d+\.\d{6},-?\d+\.\d{6},-?\d+\.\d{6},True,1\r$", lines[1]);
        Assert.StartsWith("11/24/2026 6:00:00 PM,11/24/2026 1:00:00 PM,1,", lines[14], StringComparison.Ordinal);
        Assert.Equal(15, lines.Length);
    }

    [Theory]
    [InlineData("11/01/2026", 25, "2026-11-01T01:00:00", "2026-11-01T01:00:00")]
    [InlineData("03/08/2026", 23, "2026-03-08T01:00:00", "2026-03-08T03:00:00")]
    public async Task DstDay_EasternLabels_AreThoseOfTheWallClock(string day, int hours, string second, string third)
    {
        await StartAsync();

        var answer = await JsonAsync($"/pjm/api/v1/rt_hrl_lmps?pnode_id=1&datetime_beginning_ept={day} 00:00to{day} 23:00");

        var labels = answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("datetime_beginning_ept").GetString()!).ToArray();
        Assert.Equal((hours, second, third), (labels.Length, labels[1], labels[2]));
    }

    [Fact]
    public async Task Paging_FollowingNext_GivesEveryRowOnce()
    {
        await StartAsync();
        var seen = new List<string>();
        var pages = 0;
        string? next = DayAhead + "11/24/2026 00:00to11/24/2026 02:00&rowCount=7";
        while (next is not null)
        {
            var page = await JsonAsync(next);
            pages++;
            Assert.Equal(54, page.GetProperty("totalRows").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("datetime_beginning_utc")} {item.GetProperty("pnode_id")}"));
            next = page.GetProperty("links").EnumerateArray().Where(link => link.GetProperty("rel").GetString() == "next").Select(link => link.GetProperty("href").GetString()).SingleOrDefault();
        }

        Assert.Equal((8, 54, 54), (pages, seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task Paging_AWholeDayOfAllPnodes_EndsAtRow325176()
    {
        await StartAsync(new() { Locations = 13_549, Zones = [Grains.Interfaces.MarketZone.PJM] });

        var page = await JsonAsync(DayAhead + "11/24/2026 00:00to11/24/2026 23:00&startRow=325171");

        Assert.Equal(325_176, page.GetProperty("totalRows").GetInt32());
        var items = page.GetProperty("items").EnumerateArray().ToArray();
        Assert.Equal(6, items.Length);
        Assert.All(items, item => Assert.Equal("2026-11-24T23:00:00", item.GetProperty("datetime_beginning_ept").GetString()));
    }

    [Fact]
    public async Task DayAhead_BeforeOneOClockOfTheDayBefore_IsNotThereYet()
    {
        await StartAsync();
        var tomorrow = DayAhead + "11/25/2026 00:00to11/25/2026 23:00&rowCount=1";

        Assert.Equal(0, (await JsonAsync(tomorrow)).GetProperty("totalRows").GetInt32());
        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal(24 * 18, (await JsonAsync(tomorrow)).GetProperty("totalRows").GetInt32());
    }

    [Theory]
    [InlineData("da_hrl_lmps?rowCount=5", "A datetime is missing. Please input values for datetime_beginning_ept or datetime_beginning_utc")]
    [InlineData("da_hrl_lmps?rowCount=50001&datetime_beginning_ept=today", "rowCount must be a number from 1 to 50000.")]
    [InlineData("da_hrl_lmps?fields=price&datetime_beginning_ept=today", "Invalid field name: price.")]
    [InlineData("da_hrl_lmps?datetime_beginning_ept=noon", "Invalid date: noon.")]
    [InlineData("rt_fivemin_hrl_lmps?datetime_beginning_utc=05/01/2026 00:00to05/31/2026 00:00", "Date range in the API request spans over archived and standard data. Please update the request. Refer to API Guide for more information.")]
    [InlineData("rt_fivemin_hrl_lmps?datetime_beginning_utc=01/01/2026 00:00to01/02/2026 00:00&pnode_id=1", "The filter is not supported for archived data. Please update the request. Refer to API Guide for more information.")]
    [InlineData("da_hrl_lmps?datetime_beginning_utc=01/01/2024 00:00to01/02/2024 00:00&sort=datetime_beginning_utc", "Sorting is not supported for archived data. Please update the request. Refer to API Guide for more information.")]
    [InlineData("da_hrl_lmps?datetime_beginning_utc=01/01/2025 00:00to01/02/2026 00:00", "Date range in the API request exceeds 366 days. Please update the request. Refer to API Guide for more information.")]
    public async Task WrongQuery_Is400WithPjmsErrors(string query, string message)
    {
        await StartAsync();

        using var answer = await GetAsync("/pjm/api/v1/" + query);

        var error = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("errors")[0];
        Assert.Equal((400, message), ((int)answer.StatusCode, error.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Key_MissingOrWrong_Is401_UnknownFeedIs404()
    {
        await StartAsync(Few with { PjmKey = "k1" });

        using var missing = await GetAsync(DayAhead + "today");
        using var wrong = await GetAsync(DayAhead + "today", ("Ocp-Apim-Subscription-Key", "k2"));
        using var right = await GetAsync(DayAhead + "today", ("Ocp-Apim-Subscription-Key", "k1"));
        using var unknown = await GetAsync("/pjm/api/v1/nothing", ("Ocp-Apim-Subscription-Key", "k1"));

        Assert.Equal([401, 401, 200, 404], new[] { missing, wrong, right, unknown }.Select(answer => (int)answer.StatusCode));
        Assert.Contains("missing subscription key", await missing.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_BareArray_HasTheTotalInAHeader()
    {
        await StartAsync();

        using var answer = await GetAsync("/pjm/api/v1/pnode?download=true&rowCount=2");

        Assert.Equal("18", answer.Headers.GetValues("X-TotalRows").Single());
        var items = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement;
        Assert.Equal("""{"pnode_id":51288,"pnode_name":"WESTERN HUB","pnode_type":"AGGREGATE","pnode_subtype":"HUB","zone":null,"voltage_level":null,"effective_date":"2015-06-01T00:00:00","termination_date":"9999-12-31T00:00:00"}""", items[0].GetRawText());
        Assert.Equal(2, items.GetArrayLength());
    }

    [Theory]
    [InlineData("inst_load?datetime_beginning_utc=11/24/2026 17:00to11/24/2026 17:00&area=PJM RTO", "datetime_beginning_utc,datetime_beginning_ept,area,instantaneous_load", 1)]
    [InlineData("gen_by_fuel?datetime_beginning_utc=11/24/2026 15:00to11/24/2026 15:00", "datetime_beginning_utc,datetime_beginning_ept,fuel_type,mw,fuel_percentage_of_total,is_renewable", 10)]
    [InlineData("load_frcstd_7_day?forecast_area=RTO_COMBINED", "evaluated_at_datetime_utc,evaluated_at_datetime_ept,forecast_datetime_beginning_utc,forecast_datetime_beginning_ept,forecast_datetime_ending_utc,forecast_datetime_ending_ept,forecast_area,forecast_load_mw", 168)]
    [InlineData("very_short_load_frcst?evaluated_at_ept=5minutesago&forecast_area=RTO_COMBINED", "evaluated_at_utc,evaluated_at_ept,forecast_datetime_beginning_utc,forecast_datetime_beginning_ept,forecast_datetime_ending_utc,forecast_datetime_ending_ept,forecast_area,forecast_load_mw", 24)]
    public async Task GridFeeds_HaveTheirColumnsAndRows(string query, string columns, int rows)
    {
        await StartAsync();

        var items = (await JsonAsync("/pjm/api/v1/" + query)).GetProperty("items").EnumerateArray().ToArray();

        Assert.Equal(rows, items.Length);
        Assert.Equal(columns, string.Join(',', items[0].EnumerateObject().Select(property => property.Name)));
    }

    [Fact]
    public async Task LiveFeed_LmpLessItsComponents_IsTheEnergyPrice()
    {
        await StartAsync();

        var items = (await JsonAsync("/pjm/api/v1/rt_unverified_fivemin_lmps?datetime_beginning_utc=11/24/2026 17:00to11/24/2026 17:29")).GetProperty("items").EnumerateArray().ToArray();

        Assert.Equal(6 * 18, items.Length);
        Assert.All(items.GroupBy(item => item.GetProperty("datetime_beginning_utc").GetString()), interval => Assert.Single(interval
            .Select(item => item.GetProperty("total_lmp_rt").GetDecimal() - item.GetProperty("congestion_price_rt").GetDecimal() - item.GetProperty("marginal_loss_price_rt").GetDecimal())
            .Select(energy => energy.ToString("0.00", CultureInfo.InvariantCulture)).Distinct()));
    }
}
