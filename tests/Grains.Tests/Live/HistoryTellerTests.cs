using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using Orleans.Concurrency;

namespace OptiBid.Grains.Tests.Live;

public sealed class HistoryTellerTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Prices.Noon);
    private readonly WrittenPrices _written = new();
    private readonly GatewayListeners _gateways;
    private readonly Gateway _gateway = new();
    private readonly HistoryTeller _teller;

    public HistoryTellerTests()
    {
        _gateways = new(_clock, NullLogger<GatewayListeners>.Instance);
        _gateways.Subscribe(_gateway, [MarketZone.PJM]);
        _teller = new(_written, _gateways, new Silo(), _clock);
    }

    public void Dispose() => _teller.Dispose();

    [Fact]
    public void Tell_ManyWritesBetween_AreOneNotice()
    {
        for (var i = 0; i < 50; i++) _written.Add([Prices.Tick(i, 30), Prices.Tick(0, 30, zone: MarketZone.ERCOT)]);
        _teller.Tell();

        var notice = Assert.Single(_gateway.Heard);
        Assert.Equal([MarketZone.PJM, MarketZone.ERCOT], notice.Written.Select(days => days.Zone));
        Assert.Equal(new Silo().SiloAddress, notice.Silo);
    }

    [Fact]
    public void Tell_NothingWritten_SaysSoEveryTwoSeconds()
    {
        for (var i = 0; i <= 16; i++)
        {
            _teller.Tell();
            _clock.Advance(HistoryTeller.Period);
        }

        Assert.Equal([1, 2, 3], _gateway.Heard.Select(notice => notice.Number));
        Assert.All(_gateway.Heard, notice => Assert.Empty(notice.Written));
    }

    [Fact]
    public void Tell_NumbersHaveNoGapsAndGoOnWithoutListeners()
    {
        _teller.Tell();
        _gateways.Unsubscribe(_gateway);
        _written.Add([Prices.Tick(0, 30)]);
        _teller.Tell();
        _gateways.Subscribe(_gateway, [MarketZone.PJM]);
        _written.Add([Prices.Tick(1, 30)]);
        _teller.Tell();

        // The gateway sees by the gap that it was not told of the second.
        Assert.Equal([1, 3], _gateway.Heard.Select(notice => notice.Number));
    }

    [Fact]
    public async Task Running_PriceWritten_IsTold()
    {
        await _teller.StartAsync(TestContext.Current.CancellationToken);
        _written.Add([Prices.Tick(0, 30)]);

        // The first period begins at some moment after the start.
        for (var i = 0; i < 3_000 && !await _gateway.Told.WaitAsync(10, TestContext.Current.CancellationToken); i++) _clock.Advance(HistoryTeller.Period);
        Assert.Single(_gateway.Heard[0].Written);
        await _teller.StopAsync(TestContext.Current.CancellationToken);
    }

    private sealed class Silo : ILocalSiloDetails
    {
        public string Name => "test";

        public string ClusterId => "test";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 11_111), 1);

        public SiloAddress GatewayAddress => SiloAddress;
    }

    private sealed class Gateway : IPriceObserver
    {
        public SemaphoreSlim Told { get; } = new(0);

        public List<HistoryNotice> Heard { get; } = [];

        public Task OnHistoryAsync(HistoryNotice notice)
        {
            Heard.Add(notice);
            Told.Release();
            return Task.CompletedTask;
        }

        public Task OnPricesAsync(Immutable<PriceUpdate[]> updates) => Task.CompletedTask;

        public Task OnAlertsAsync(Immutable<Alert[]> alerts) => Task.CompletedTask;

        public Task OnQualityAsync(Immutable<QualityEvent[]> events) => Task.CompletedTask;
    }
}
