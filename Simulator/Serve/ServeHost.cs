using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Caiso;
using OptiBid.Simulator.Serve.Control;
using OptiBid.Simulator.Serve.Ercot;
using OptiBid.Simulator.Serve.Faults;
using OptiBid.Simulator.Serve.Log;
using OptiBid.Simulator.Serve.Market;
using OptiBid.Simulator.Serve.Nyiso;
using OptiBid.Simulator.Serve.Pjm;
using OptiBid.Simulator.Serve.Recordings;

namespace OptiBid.Simulator.Serve;

/// <summary>The markets' interfaces on loopback, running.</summary>
internal sealed class ServeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AccessLog _log;

    private ServeHost(WebApplication app, AccessLog log) => (_app, _log) = (app, log);

    /// <summary>Its address, such as <c>http://127.0.0.1:9000</c>.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>Starts it.</summary>
    /// <exception cref="IOException">The port is taken, or the access log cannot be written.</exception>
    public static async Task<ServeHost> StartAsync(ServeOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{options.Port}");
        // Answers that wait on purpose shall not hold up the end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var app = builder.Build();
        var log = new AccessLog(options.AccessLog);
        var host = new ServeHost(app, log);
        try
        {
            Map(app, options, log, clock);
            await app.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when it is told to end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _log.Dispose();
    }

    private static void Map(WebApplication app, ServeOptions options, AccessLog log, TimeProvider clock)
    {
        var faults = new FaultBook(clock);
        foreach (var fault in options.Faults) faults.Add(fault);
        var calls = new MarketCalls(faults, new CallLimits([.. options.EnforceLimits ? CallLimit.OfTheMarkets : [], .. options.Limits]), log, clock);
        var markets = options.Recordings is not null ? []
            : options.Zones.ToDictionary(zone => zone, zone => new ServedMarket(zone, options.Seed, options.Locations, faults, clock));
        if (options.Recordings is { } folder) new RecordingEndpoints(new RecordedPayloads(folder)).Map(app, calls);
        if (markets.TryGetValue(MarketZone.PJM, out var pjm)) new PjmEndpoints(pjm, options).Map(app, calls);
        if (markets.TryGetValue(MarketZone.CAISO, out var caiso)) new CaisoEndpoints(caiso).Map(app, calls);
        if (markets.TryGetValue(MarketZone.ERCOT, out var ercot)) new ErcotEndpoints(ercot, options).Map(app, calls);
        if (markets.TryGetValue(MarketZone.NYISO, out var nyiso)) new NyisoEndpoints(nyiso).Map(app, calls);
        new ControlEndpoints(faults, log, markets, clock).Map(app);
    }
}
