using System.Globalization;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Tests.Markets;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Pjm;

/// <summary>Ranges on both sides of the archive's edge, against a market that refuses what PJM refuses.</summary>
public sealed class PjmArchiveTests : MarketTest
{
    private const string Path = "/rt_hrl_lmps";
    private static readonly string[] Places = ["1", "2", "3"];

    private DateTimeOffset Edge => Clock.GetUtcNow().AddDays(-731);

    protected override MarketZone Zone => MarketZone.PJM;

    [Fact]
    public async Task FetchAsync_RangeAcrossTheEdge_ComesWholeAndOfTheConfiguredPlacesOnly()
    {
        Serve(Edge);

        Assert.Equal(Expected(), await ReadAsync());

        Assert.Equal(2, Market.Requests.Count);
        Assert.Equal([(null, null), ("datetime_beginning_utc", "1;3")], Market.Requests.Select(asked => (asked.Query.GetValueOrDefault("sort"), asked.Query.GetValueOrDefault("pnode_id"))));
    }

    [Theory]
    [InlineData(-31)]
    [InlineData(29)]
    public async Task FetchAsync_EdgeNotWhereItIsDocumented_ComesWholeAllTheSame(int hours)
    {
        Serve(Edge.AddHours(hours));

        Assert.Equal(Expected(), await ReadAsync());
    }

    [Fact]
    public async Task FetchAsync_RefusalForAnotherReason_IsTold()
    {
        Market.On(Path, """{"errors":[{"field":"Filters","message":"Date range cannot exceed 366 days","detail":["datetime_filter"]}]}""", 400);

        Assert.Contains("HTTP 400: the market does not accept the request (\"Filters: Date range cannot exceed 366 days\")", await ProblemAsync(Feed("pjm:rt_hrl_lmps")), StringComparison.Ordinal);
        Assert.Single(Market.Requests);
    }

    private (DateTimeOffset From, DateTimeOffset To) Range => (Utc(2024, 11, 19, 6), Utc(2024, 11, 24, 6));

    private (string, DateTimeOffset)[] Expected() =>
        [.. Hours(Range.From, Range.To.AddHours(-1)).SelectMany(hour => new[] { ("1", hour), ("3", hour) }).OrderBy(row => row.hour)];

    private async Task<(string, DateTimeOffset)[]> ReadAsync()
    {
        var ticks = new List<PriceTick>();
        await foreach (var page in Feed("pjm:rt_hrl_lmps", ("Locations:0", "1"), ("Locations:1", "3")).FetchAsync(new FeedRange(Range.From, Range.To), Cancel))
            ticks.AddRange(page.Ticks);
        return [.. ticks.Select(tick => (tick.Location, tick.Timestamp))];
    }

    private static IEnumerable<DateTimeOffset> Hours(DateTimeOffset from, DateTimeOffset last)
    {
        for (var hour = from; hour <= last; hour = hour.AddHours(1)) yield return hour;
    }

    private void Serve(DateTimeOffset edge) => Market.On(Path, request =>
    {
        var times = request.Query["datetime_beginning_utc"].ToString().Split("to");
        var (from, last) = (Time(times[0]), Time(times[1]));
        if (from < edge && last >= edge) return Refused("Date range in the API request spans over archived and standard data. Please update the request. Refer to API Guide for more information.");
        if (from < edge && (request.Query.ContainsKey("sort") || request.Query.ContainsKey("order") || request.Query.ContainsKey("pnode_id")))
            return Refused("The API request contains invalid attribute(s) for archived data");

        var only = request.Query["pnode_id"].ToString().Split(';');
        // One hour more on either side than was asked for: a closed range takes nothing that lies outside.
        return MarketServer.Reply.Text(PjmRow.Envelope(Hours(from.AddHours(-1), last.AddHours(1)).SelectMany(hour => Places
            .Where(place => !request.Query.ContainsKey("pnode_id") || only.Contains(place))
            .Where(_ => (hour >= from && hour <= last) || hour < Range.From || hour >= Range.To)
            .Select(place => PjmRow.Price($"{hour.UtcDateTime:yyyy-MM-ddTHH:mm:ss}", place)))));
    });

    private static MarketServer.Reply Refused(string message) => MarketServer.Reply.Text($$"""{"errors":[{"field":"Filters","message":"{{message}}"}]}""", 400);

    private static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
