using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OptiBid.Benchmarks.MarketDay;

/// <summary>Every price the market has of the day, to compare the history with.</summary>
internal sealed class DayTruth
{
    private const string Type = "DAY_AHEAD_HOURLY";

    private readonly Dictionary<(string Location, DateTimeOffset Start), MarketPrice> _prices = [];
    private readonly DateTimeOffset _day;

    private DayTruth(DateTimeOffset day) => _day = day;

    /// <summary>Rows of the day.</summary>
    public int Rows => _prices.Count;

    /// <summary>Asks the market.</summary>
    public static async Task<DayTruth> ReadAsync(HttpClient market, DateTimeOffset day, CancellationToken cancellationToken)
    {
        var truth = new DayTruth(day);
        using var answer = await market.GetAsync($"/_control/published?zone=PJM&price_type={Type}&from={day:yyyy-MM-dd'T'HH:mm:ss'Z'}&to={day.AddDays(1):yyyy-MM-dd'T'HH:mm:ss'Z'}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await foreach (var price in LinesAsync(answer, cancellationToken)) truth._prices[(price.Location, price.Timestamp)] = price;
        return truth;
    }

    /// <summary>Rows of the history that are not the market's, and rows it lacks. Every row and every component is compared.</summary>
    public async Task<int> WrongAsync(HttpClient product, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/prices/query")
        {
            Content = JsonContent.Create(new { zones = new[] { "PJM" }, price_types = new[] { Type }, start = _day, end = _day.AddDays(1) }),
        };
        request.Headers.Add("Accept", "application/x-ndjson");
        using var answer = await product.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var (right, wrong) = (0, 0);
        await foreach (var price in LinesAsync(answer, cancellationToken))
        {
            if (_prices.TryGetValue((price.Location, price.Timestamp), out var known) && known == price) right++;
            else wrong++;
        }

        return wrong + Rows - right;
    }

    private static async IAsyncEnumerable<MarketPrice> LinesAsync(HttpResponseMessage answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.RequestMessage?.RequestUri}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var price in JsonSerializer.DeserializeAsyncEnumerable<MarketPrice>(body, topLevelValues: true, cancellationToken: cancellationToken)) yield return price!;
    }
}
