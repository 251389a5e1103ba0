using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Grains.Locations;

/// <summary>
/// Gives activating locations back what they knew: those that activate together share one read. Never makes a
/// location wait for a store that is away; it starts empty then, prices go on, and it asks again.
/// </summary>
internal sealed partial class LocationRestorer(
    ILocationStateStore store, TimeProvider clock, ILogger<LocationRestorer> log) : BackgroundService
{
    private const int BatchSize = 2_000;
    private static readonly TimeSpan Window = TimeSpan.FromHours(25);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new() { SingleReader = true });
    private DateTimeOffset _awayUntil;

    /// <summary>Reads what is kept of a location and hands it to <paramref name="restore"/> in the caller's turn.</summary>
    /// <returns>False when the store did not answer in time.</returns>
    public async Task<bool> TryRestoreAsync(LocationId id, Action<RestoredLocation> restore, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _awayUntil) return false;

        var request = new Request(id, new(TaskCreationOptions.RunContinuationsAsynchronously));
        _requests.Writer.TryWrite(request);
        try
        {
            if (await request.Answer.Task.WaitAsync(Patience, clock, cancellationToken) is not { } restored) return false;
            restore(restored);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Request>(BatchSize);
        while (await _requests.Reader.WaitToReadAsync(stoppingToken))
        {
            batch.Clear();
            while (batch.Count < BatchSize && _requests.Reader.TryRead(out var request)) batch.Add(request);
            await AnswerAsync(batch, stoppingToken);
        }
    }

    private async Task AnswerAsync(List<Request> batch, CancellationToken cancellationToken)
    {
        try
        {
            var since = clock.GetUtcNow() - Window;
            var found = await store.RestoreAsync([.. batch.Select(request => request.Id).Distinct()], since, IsReadable, cancellationToken);
            var byId = found.ToDictionary(location => location.Location);
            foreach (var (id, answer) in batch)
            {
                answer.TrySetResult(byId.TryGetValue(id, out var restored) ? restored : new RestoredLocation(id, null, []));
            }
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever the store's trouble is, it must cost these locations their past for a while and nothing else.
            _awayUntil = clock.GetUtcNow() + AskAgainAfter;
            LogStoreAway(batch.Count, AskAgainAfter, error);
            foreach (var request in batch) request.Answer.TrySetResult(null);
        }
    }

    private static bool IsReadable(LocationState state) => LocationBookFormat.CanRead(state.Windows, state.Newest);

    [LoggerMessage(LogLevel.Warning, "The history did not answer, so {Count} locations start without their past; asking again in {Delay}.")]
    private partial void LogStoreAway(int count, TimeSpan delay, Exception error);

    private sealed record Request(LocationId Id, TaskCompletionSource<RestoredLocation?> Answer);
}
