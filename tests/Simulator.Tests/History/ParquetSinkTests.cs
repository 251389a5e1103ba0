using DuckDB.NET.Data;
using OptiBid.Connectors.Simulation;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.History;
using Parquet;

namespace OptiBid.Simulator.Tests.History;

public sealed class ParquetSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task WriteAsync_MoreThanAGroup_GivesGroupsOfBoundedSizeWithTheSameValues()
    {
        var market = new SimulatedMarket(MarketZone.ERCOT, 1, 10);
        var ticks = Enumerable.Range(0, 25).Select(i => market.Price(market.Locations[i % 10], PriceType.RealTime5Min, DateTimeOffset.UnixEpoch.AddDays(20_000).AddMinutes(5 * i)) with { Revision = 1 }).ToArray();
        await using (var sink = await ParquetSink.CreateAsync(new PartialFile(_folder.File("prices")), groupRows: 10, Cancellation))
        {
            foreach (var tick in ticks) await sink.WriteAsync(tick, Cancellation);
            await sink.CompleteAsync(Cancellation);
        }

        await using var reader = await ParquetReader.CreateAsync(_folder.File("prices"), cancellationToken: Cancellation);
        var fields = reader.Schema.GetDataFields();
        Assert.Equal(
            ["timestamp", "market_zone", "price_type", "location", "interval_minutes", "price", "energy_cost", "congestion_cost", "loss_cost", "volume", "renewable_percentage", "load_forecast", "published_at", "revision", "source"],
            fields.Select(field => field.Name));
        var prices = new List<double>();
        var times = new List<DateTime>();
        var energy = new List<double?>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            var rows = reader.OpenRowGroupReader(group);
            Assert.InRange(rows.RowCount, 1, 10);
            var (price, time, cost) = (new double[rows.RowCount], new DateTime[rows.RowCount], new double?[rows.RowCount]);
            await rows.ReadAsync<double>(fields[5], price.AsMemory(), cancellationToken: Cancellation);
            await rows.ReadAsync<DateTime>(fields[0], time.AsMemory(), cancellationToken: Cancellation);
            await rows.ReadAsync<double>(fields[6], cost.AsMemory(), cancellationToken: Cancellation);
            prices.AddRange(price);
            times.AddRange(time);
            energy.AddRange(cost);
        }

        Assert.Equal(3, reader.RowGroupCount);
        Assert.Equal(ticks.Select(tick => tick.Price), prices);
        Assert.Equal(ticks.Select(tick => tick.Timestamp.UtcDateTime), times.Select(time => DateTime.SpecifyKind(time, DateTimeKind.Utc)));
        Assert.All(energy, Assert.Null);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    public async Task WriteAsync_ReaderThatSkipsGroupsByTheirBounds_FindsTheRowsOfATime(int rows)
    {
        var market = new SimulatedMarket(MarketZone.ERCOT, 1, 1);
        var start = DateTimeOffset.UnixEpoch.AddDays(20_000);
        await using (var sink = await ParquetSink.CreateAsync(new PartialFile(_folder.File("prices")), groupRows: 10, Cancellation))
        {
            for (var i = 0; i < rows; i++)
                await sink.WriteAsync(market.Price(market.Locations[0], PriceType.RealTime5Min, start.AddMinutes(5 * i)) with { Revision = 1 }, Cancellation);
            await sink.CompleteAsync(Cancellation);
        }

        await using var duck = new DuckDBConnection("Data Source=:memory:");
        await duck.OpenAsync(Cancellation);
        using var command = duck.CreateCommand();
        command.CommandText = $"select count(*), any_value(typeof(timestamp)) from read_parquet('{_folder.File("prices")}') where timestamp >= timestamptz '{start.AddMinutes(5 * 12):u}'";
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        Assert.True(await reader.ReadAsync(Cancellation));
        Assert.Equal(Math.Max(0, rows - 12), reader.GetInt64(0));
        if (rows > 0) Assert.Equal("TIMESTAMP WITH TIME ZONE", reader.GetString(1));
    }
}
