using System.Globalization;
using System.Text.Json.Nodes;
using OptiBid.Grains.Interfaces;
using Parquet;
using Parquet.Serialization;

namespace OptiBid.Gateway.Tests.Api.Prices;

/// <summary>CSV and Parquet against the same rows as JSON, of every kind.</summary>
public class ExportTests(HistoryFixture history) : IClassFixture<HistoryFixture>
{
    // Of live prices only; the files have no column for them.
    private static readonly string[] LiveOnly = ["change", "volatility_1h", "volatility_24h", "volatility_ewma"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Kinds =>
        ["", "\"as_of\":\"2026-11-22T19:00:00Z\"", "\"include_revisions\":true", "\"resample\":{\"every\":\"1h\",\"fill\":\"null\"}", "\"resample\":{\"every\":\"1d\",\"aggregates\":[\"last\"]}",
            "\"limit\":3", "\"zones\":[\"SPP\"]", "\"zones\":[\"SPP\"],\"resample\":{\"every\":\"1d\"}"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Parquet_OfEveryKind_HasTheRowsOfTheJson(string fields)
    {
        using var response = await history.SendAsync(fields, "application/x-parquet");
        Assert.Equal(("application/vnd.apache.parquet", "prices.parquet"), (response.Content.Headers.ContentType?.MediaType, response.Content.Headers.ContentDisposition?.FileName));
        using var file = new MemoryStream(await response.Content.ReadAsByteArrayAsync(Cancellation));
        var table = await ParquetSerializer.DeserializeUntypedAsync(file, cancellationToken: Cancellation);
        var rows = await history.LinesAsync(fields);

        Assert.Equal(rows.Count, table.Data.Count);
        var columns = table.Schema.GetDataFields();
        for (var i = 0; i < rows.Count; i++)
            Assert.Equal(Fields(rows[i]), columns.Select(column => $"{column.Name}={Text(table.Data[i].TryGetValue(column.Name, out var value) ? value : null)}"));
        foreach (var field in columns)
        {
            if (field.Name is "timestamp" or "end" || field.Name.EndsWith("_at", StringComparison.Ordinal))
                Assert.True(field is Parquet.Schema.DateTimeDataField { IsAdjustedToUTC: true, Unit: Parquet.Schema.DateTimeTimeUnit.Micros }, field.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Csv_OfEveryKind_HasTheRowsOfTheJson(string fields)
    {
        using var response = await history.SendAsync(fields, "text/csv");
        Assert.Equal("prices.csv", response.Content.Headers.ContentDisposition?.FileName);
        var lines = (await response.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");
        var rows = await history.LinesAsync(fields);

        Assert.Equal(("", rows.Count + 2), (lines[^1], lines.Length));
        var names = lines[0].Split(',');
        for (var i = 0; i < rows.Count; i++)
            Assert.Equal(Fields(rows[i]), names.Zip(lines[i + 1].Replace("\"B,\"\"Ä\"", "B;'Ä").Split(',').Select(cell => cell.Replace("B;'Ä", "B,\"Ä")), (name, cell) => $"{name}={cell}"));
    }

    [Fact]
    public async Task Parquet_HistoryBreaksOff_BreaksTheConnectionAndLeavesNoIndex()
    {
        await using var gateway = new Source(history, Endless().Take(130_000), breakAfter: 120_000);
        using var response = await history.SendAsync("", ResponseType, HttpCompletionOption.ResponseHeadersRead);
        var got = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(async () => await (await response.Content.ReadAsStreamAsync(Cancellation)).CopyToAsync(got, Cancellation));

        Assert.True(got.Length > 100_000);
        Assert.Equal("PAR1"u8.ToArray(), got.ToArray()[..4]);
        got.Position = 0;
        await Assert.ThrowsAnyAsync<Exception>(() => ParquetReader.CreateAsync(got, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData(ResponseType)]
    [InlineData("application/x-ndjson")]
    [InlineData("text/csv")]
    public async Task Export_ClientGoesAway_EndsTheWorkInTheHistory(string accept)
    {
        await using var gateway = new Source(history, Endless(), breakAfter: null);
        using (var response = await history.SendAsync("", accept, HttpCompletionOption.ResponseHeadersRead))
        {
            var stream = await response.Content.ReadAsStreamAsync(Cancellation);
            await stream.ReadExactlyAsync(new byte[4_096], Cancellation);
            Assert.Equal(1, history.Gateway.History.OpenReads);
        }

        await Eventually.TrueAsync(() => Volatile.Read(ref history.Gateway.History.OpenReads) == 0, "the read ended");
    }

    private const string ResponseType = "application/vnd.apache.parquet";

    private static IEnumerable<PriceTick> Endless()
    {
        for (var i = 0; ; i++) yield return Ticks.Tick("A", i, i);
    }

    private static string[] Fields(JsonNode row) =>
        [.. row.AsObject().Where(field => !LiveOnly.Contains(field.Key)).Select(field => $"{field.Key}={(field.Value is null ? "" : Plain(field.Value))}")];

    // JSON writes 1E-07 as text does, so numbers compare as written.
    private static string Plain(JsonNode value) =>
        value.GetValueKind() == System.Text.Json.JsonValueKind.Number ? value.GetValue<double>().ToString(CultureInfo.InvariantCulture) : value.GetValue<string>();

    private static string Text(object? value) => value switch
    {
        null => "",
        DateTime time => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    /// <summary>Puts prices in the place of the fixture's, until it is disposed of.</summary>
    private sealed class Source : IAsyncDisposable
    {
        private readonly HistoryFixture _history;

        public Source(HistoryFixture history, IEnumerable<PriceTick> ticks, int? breakAfter)
        {
            _history = history;
            (history.Gateway.History.Source, history.Gateway.History.BreakAfter) = (_ => ticks, breakAfter);
        }

        public ValueTask DisposeAsync()
        {
            (_history.Gateway.History.Source, _history.Gateway.History.BreakAfter) = (null, null);
            return ValueTask.CompletedTask;
        }
    }
}
