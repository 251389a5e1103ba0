using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Enters the places a connector meets into the directory, each once and again when its name or type changes. Prices do
/// not wait for it: a directory that is away is tried again later.
/// </summary>
internal sealed partial class LocationRecorder(ILocationDirectory directory, TimeProvider clock, ILogger<LocationRecorder> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LocationId, MarketLocation> _known = [];
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Records the places that are new or have changed.</summary>
    public async Task RecordAsync(IReadOnlyCollection<MarketLocation> met, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _notBefore) return;
        MarketLocation[] news = [.. met.Where(location => !_known.TryGetValue(location.Id, out var known) || known != location)];
        if (news.Length == 0) return;

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await directory.SaveAsync(news, patience.Token);
            foreach (var location in news) _known[location.Id] = location;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever ails the directory, the prices matter more; the names are entered later.
            _notBefore = clock.GetUtcNow() + Pause;
            NotRecorded(news.Length, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} locations could not be entered in the directory; they are tried again in a minute")]
    private partial void NotRecorded(int count, Exception error);
}
