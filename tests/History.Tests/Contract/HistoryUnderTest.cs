using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.History.Hosting;
using OptiBid.History.Upkeep;

namespace OptiBid.History.Tests.Contract;

/// <summary>A store as a host would have it.</summary>
public sealed class HistoryUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public HistoryUnderTest(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
            .Build();
        _services = new ServiceCollection().AddLogging().AddHistory(configuration).AddHistoryWriter(configuration).BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    public IPriceHistory Prices => _services.GetRequiredService<IPriceHistory>();

    public ILocationStateStore States => _services.GetRequiredService<ILocationStateStore>();

    public ILocationDirectory Locations => _services.GetRequiredService<ILocationDirectory>();

    public IIngestionLog Ingestions => _services.GetRequiredService<IIngestionLog>();

    public IAuditLog Audit => _services.GetRequiredService<IAuditLog>();

    public IIntervalCounts Counts => _services.GetRequiredService<IIntervalCounts>();

    public IProtectedValues Values => _services.GetRequiredService<IProtectedValues>();

    public IApiKeys Keys => _services.GetRequiredService<IApiKeys>();

    public IZoneHours Hours => _services.GetRequiredService<IZoneHours>();

    public IZoneMetrics Metrics => _services.GetRequiredService<IZoneMetrics>();

    public IDataQuality Quality => _services.GetRequiredService<IDataQuality>();

    public IQualityEvents Findings => _services.GetRequiredService<IQualityEvents>();

    internal IHistoryUpkeep Upkeep => _services.GetRequiredService<IHistoryUpkeep>();

    public async Task<List<PriceTick>> AllAsync(PriceQuery? query = null) =>
        await Prices.ReadAsync(query ?? Ticks.Everything, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

    public Task WriteAsync(params PriceTick[] ticks) => Prices.WriteAsync(ticks, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
