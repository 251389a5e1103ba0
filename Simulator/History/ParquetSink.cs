using OptiBid.Grains.Interfaces;
using Parquet;
using Parquet.Schema;

namespace OptiBid.Simulator.History;

/// <summary>Writes prices to a Parquet file, a column a field, in row groups of bounded size.</summary>
internal sealed class ParquetSink : IPriceSink
{
    /// <summary>Rows of a group: some ten megabytes in memory.</summary>
    public const int GroupRows = 100_000;

    private static readonly ParquetSchema Schema = new(
        new DateTimeDataField("timestamp", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros),
        new DataField<string>("market_zone", nullable: false),
        new DataField<string>("price_type", nullable: false),
        new DataField<string>("location", nullable: false),
        new DataField<int>("interval_minutes"),
        new DataField<double>("price"),
        new DataField<double>("energy_cost", nullable: true),
        new DataField<double>("congestion_cost", nullable: true),
        new DataField<double>("loss_cost", nullable: true),
        new DataField<double>("volume", nullable: true),
        new DataField<double>("renewable_percentage", nullable: true),
        new DataField<double>("load_forecast", nullable: true),
        new DateTimeDataField("published_at", DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros),
        new DataField<int>("revision"),
        new DataField<string>("source", nullable: true));

    private readonly PartialFile _file;
    private readonly ParquetWriter _writer;
    private readonly List<PriceTick> _rows;
    private readonly int _groupRows;
    private bool _isFinished;

    private ParquetSink(PartialFile file, ParquetWriter writer, int groupRows)
    {
        _file = file;
        _writer = writer;
        _groupRows = groupRows;
        _rows = new(groupRows);
    }

    /// <summary>Starts a file.</summary>
    public static async Task<ParquetSink> CreateAsync(PartialFile file, int groupRows, CancellationToken cancellationToken) =>
        new(file, await ParquetWriter.CreateAsync(Schema, file.Stream, cancellationToken: cancellationToken), groupRows);

    public async ValueTask WriteAsync(PriceTick tick, CancellationToken cancellationToken)
    {
        _rows.Add(tick);
        if (_rows.Count == _groupRows) await WriteGroupAsync(cancellationToken);
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows.Count > 0) await WriteGroupAsync(cancellationToken);
        await FinishAsync();
        await _file.CompleteAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await FinishAsync();
        }
        finally
        {
            await _file.DisposeAsync();
        }
    }

    private async Task WriteGroupAsync(CancellationToken cancellationToken)
    {
        var fields = Schema.GetDataFields();
        using var group = _writer.CreateRowGroup();
        await Values(0, tick => tick.Timestamp.UtcDateTime);
        await Texts(1, tick => tick.MarketZone.Name());
        await Texts(2, tick => tick.PriceType.Name());
        await Texts(3, tick => tick.Location);
        await Values(4, tick => (int)tick.IntervalMinutes);
        await Values(5, tick => tick.Price);
        await Nullables(6, tick => tick.EnergyCost);
        await Nullables(7, tick => tick.CongestionCost);
        await Nullables(8, tick => tick.LossCost);
        await Nullables(9, tick => tick.Volume);
        await Nullables(10, tick => tick.RenewablePercentage);
        await Nullables(11, tick => tick.LoadForecast);
        await Values(12, tick => tick.PublishedAt.UtcDateTime);
        await Values(13, tick => tick.Revision);
        await Texts(14, tick => tick.Source);
        group.CompleteValidate();
        _rows.Clear();

        Task Values<T>(int field, Func<PriceTick, T> value) where T : struct =>
            group.WriteAsync<T>(fields[field], _rows.ConvertAll(tick => value(tick)).ToArray().AsMemory(), cancellationToken: cancellationToken);

        Task Nullables(int field, Func<PriceTick, double?> value) =>
            group.WriteAsync<double>(fields[field], _rows.ConvertAll(tick => value(tick)).ToArray().AsMemory(), cancellationToken: cancellationToken);

        Task Texts(int field, Func<PriceTick, string?> value) => group.WriteAsync(fields[field], _rows.ConvertAll(tick => value(tick)));
    }

    private async Task FinishAsync()
    {
        if (_isFinished) return;
        _isFinished = true;
        await _writer.DisposeAsync();
    }
}
