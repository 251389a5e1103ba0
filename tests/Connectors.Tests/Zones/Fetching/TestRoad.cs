using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Connectors.Zones;
using OptiBid.Connectors.Zones.Fetching;
using OptiBid.Connectors.Zones.Fundamentals;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones.Fetching;

/// <summary>The road from a feed to the stream, its end in memory; Kafka and the history can be taken away.</summary>
internal sealed class TestRoad : IPricePublisher, IDisposable
{
    private readonly ServiceProvider _services;
    private readonly IngestionRecorder _ingestions;

    public TestRoad()
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<ConnectorMeters>().AddSingleton<TimeProvider>(Clock).BuildServiceProvider();
        _ingestions = new(History, Clock, NullLogger<IngestionRecorder>.Instance);
        Road = new(
            this,
            new LocationRecorder(MarketZone.PJM, new MemoryDirectory(), Clock, NullLogger<LocationRecorder>.Instance),
            new ZoneFundamentals(),
            _ingestions,
            _services.GetRequiredService<ConnectorMeters>(),
            Clock);
    }

    public FakeTimeProvider Clock { get; } = new(ScriptedFeed.Start);

    public MemoryHistory History { get; } = new();

    public ZoneRoad Road { get; }

    public List<PriceTick> Published { get; } = [];

    public Exception? Kafka { get; set; }

    public async Task<IngestionRecord[]> RecordsAsync()
    {
        await _ingestions.FlushAsync(all: true, TestContext.Current.CancellationToken);
        return [.. History.Records];
    }

    public void Dispose()
    {
        _ingestions.Dispose();
        _services.Dispose();
    }

    Task IPricePublisher.PublishAsync(PriceTick[] ticks)
    {
        if (Kafka is { } trouble) return Task.FromException(trouble);
        Published.AddRange(ticks);
        return Task.CompletedTask;
    }

    Task IPricePublisher.SaveCursorAsync(string feed, DateTimeOffset cursor) => Task.CompletedTask;
}
