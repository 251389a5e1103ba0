using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Quality;
using OptiBid.Grains.Tests.Zones;
using OptiBid.Grains.Zones;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Concurrency;

namespace OptiBid.Grains.Tests.Quality;

public sealed class QualityTellerTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Prices.Noon);
    private readonly MemoryZoneStore _history = new();
    private readonly Topic _topic = new();
    private readonly Gateway _gateway = new();
    private readonly QualityOutbox _outbox;
    private readonly QualityTeller _teller;

    public QualityTellerTests()
    {
        var options = Options.Create(new QualityOptions { EventsPerMinute = 2 });
        var listeners = new GatewayListeners(_clock, NullLogger<GatewayListeners>.Instance);
        listeners.Subscribe(_gateway, [MarketZone.PJM]);
        _outbox = new(new ZoneTallies(options, _clock));
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _teller = new(_outbox, listeners, _topic, _history, new GrainInstruments(meters), options, _clock, NullLogger<QualityTeller>.Instance);
    }

    public void Dispose() => _teller.Dispose();

    private static QualityEvent Finding(int number, MarketZone zone = MarketZone.PJM) => new()
    {
        Id = $"{number}", Zone = zone, Location = $"L{number}", PriceType = PriceType.RealTime5Min, Kind = QualityKind.Spike, Severity = QualitySeverity.Info,
        Timestamp = Prices.Noon, ObservedAt = Prices.Noon, Value = 900, Message = "far off",
    };

    private async Task TellAsync(params QualityEvent[] findings)
    {
        foreach (var finding in findings) _outbox.Tell(finding);
        _teller.Tell();
        await _teller.FlushAsync();
    }

    [Fact]
    public async Task Finding_GoesToTopicHistoryAndTheZonesGateways()
    {
        await TellAsync(Finding(1), Finding(2, MarketZone.ERCOT));

        Assert.Equal(["1", "2"], _history.Events.Select(finding => finding.Id));
        Assert.Equal(["1"], _gateway.Heard.Select(finding => finding.Id));
        var record = JsonDocument.Parse(_topic.Records[0].Value).RootElement;
        Assert.Equal(
            ("quality", "BEGUN", "1", "PJM", "L1", "REAL_TIME_5_MIN", "SPIKE", "INFO", "2026-11-22T12:00:00Z", 900.0),
            (Text("type"), Text("state"), Text("id"), Text("market_zone"), Text("location"), Text("price_type"), Text("kind"), Text("severity"), Text("timestamp"), record.GetProperty("value").GetDouble()));
        Assert.Equal("L1"u8.ToArray(), _topic.Records[0].Key);

        string? Text(string name) => record.GetProperty(name).GetString();
    }

    [Fact]
    public async Task TopicAway_HistoryGoesOnAndTheTopicGetsAllLater()
    {
        _topic.Away = true;
        await TellAsync(Finding(1));
        await TellAsync(Finding(2));
        Assert.Equal((2, 0), (_history.Events.Count, _topic.Records.Count));

        (_topic.Away, _history.Away) = (false, true);
        await TellAsync(Finding(3, MarketZone.ERCOT));
        Assert.Equal(3, _topic.Records.Count);

        _history.Away = false;
        await TellAsync();
        Assert.Equal(["1", "2", "3"], _history.Events.Select(finding => finding.Id));
    }

    [Fact]
    public async Task Storm_IsCutShortForListenersAndItsEndsStillReachTheHistory()
    {
        await TellAsync([.. Enumerable.Range(0, 50).Select(i => Finding(i))]);
        await TellAsync([.. Enumerable.Range(0, 50).Select(i => Finding(i) with { EndedAt = Prices.Noon })]);
        Assert.Equal((4, 4), (_gateway.Heard.Count, _topic.Records.Count));
        Assert.Equal(52, _history.Events.Count);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await TellAsync();
        Assert.Equal(48, _history.Events[^1].Count);
        Assert.Equal(5, _topic.Records.Count);
    }

    private sealed class Topic : IKafkaPublisher
    {
        public bool Away { get; set; }

        public List<KafkaRecord> Records { get; } = [];

        public Task PublishAsync(string topic, IEnumerable<KafkaRecord> records)
        {
            Assert.Equal(StreamNames.AlertsTopic, topic);
            if (Away) throw new KafkaPublishException(topic, 1, 1, "away");
            Records.AddRange(records);
            return Task.CompletedTask;
        }
    }

    private sealed class Gateway : IPriceObserver
    {
        public List<QualityEvent> Heard { get; } = [];

        public Task OnPricesAsync(Immutable<PriceUpdate[]> updates) => Task.CompletedTask;

        public Task OnAlertsAsync(Immutable<Alert[]> alerts) => Task.CompletedTask;

        public Task OnHistoryAsync(HistoryNotice notice) => Task.CompletedTask;

        public Task OnQualityAsync(Immutable<QualityEvent[]> events)
        {
            Heard.AddRange(events.Value);
            return Task.CompletedTask;
        }
    }
}
