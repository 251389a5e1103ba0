using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OptiBid.Grains.Interfaces;
using OptiBid.History;
using OptiBid.History.Hosting;

namespace OptiBid.Benchmarks.PriceHistory;

/// <summary>The history as a silo has it: its writer and its reads.</summary>
internal sealed class StoreUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private StoreUnderTest(ServiceProvider services) => _services = services;

    public IPriceHistory Prices => _services.GetRequiredService<IPriceHistory>();

    public ILocationStateStore States => _services.GetRequiredService<ILocationStateStore>();

    public static async Task<StoreUnderTest> StartAsync(string key, string value, CancellationToken cancellationToken)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddHistory(configuration).AddHistoryWriter(configuration).BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(cancellationToken);
        return new(services);
    }

    /// <summary>Hands the batches to the writer and waits until all are durable.</summary>
    public async Task<TimeSpan> WriteAsync(IReadOnlyList<PriceTick[]> batches, CancellationToken cancellationToken)
    {
        var writer = _services.GetRequiredService<IHistoryWriter>();
        var left = batches.Count;
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var clock = Stopwatch.StartNew();
        foreach (var batch in batches)
        {
            while (!writer.TryAppend(batch, Done)) await writer.WaitForRoomAsync(cancellationToken);
        }

        await finished.Task.WaitAsync(cancellationToken);
        return clock.Elapsed;

        void Done(AppendOutcome outcome)
        {
            if (!outcome.IsDurable || outcome.Rejected.Count > 0) _ = finished.TrySetException(new InvalidOperationException("The history gave a batch up."));
            else if (Interlocked.Decrement(ref left) == 0) _ = finished.TrySetResult();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>().Reverse()) await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }
}
