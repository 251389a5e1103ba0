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
}
