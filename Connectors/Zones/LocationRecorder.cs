using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Zones;

/// <summary>
/// Enters the places a zone's feeds meet into the directory, each once and again when its name or type changes. Prices do
/// not wait for long: a directory that is away is tried again later.
/// </summary>
internal sealed partial class LocationRecorder(MarketZone zone, ILocationDirectory directory, TimeProvider clock, ILogger<LocationRecorder> logger)
{
    /// <summary>Places entered at once: what any store takes in well within the patience.</summary>
    public const int ChunkPlaces = 1_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<LocationId, MarketLocation> _known = [];
    private readonly SemaphoreSlim _turn = new(1);
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;
    private bool _isLoaded;

    /// <summary>Records the places that are new or have changed.</summary>
    public async Task RecordAsync(IReadOnlyCollection<MarketLocation> met, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow() < _notBefore || !met.Any(location => News(location) is not null)) return;

        // The zone's feeds share what is known, and take turns.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await EnterAsync(met, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever ails the directory, the prices matter more; the names are entered later.
            _notBefore = clock.GetUtcNow() + Pause;
            NotRecorded(met.Count, error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EnterAsync(IReadOnlyCollection<MarketLocation> met, CancellationToken cancellationToken)
    {
        if (!_isLoaded)
        {
            using var patience = Bounded(cancellationToken);
            await foreach (var location in directory.SearchAsync(new LocationQuery { Zone = zone }, patience.Token)) _known.TryAdd(location.Id, location);
            _isLoaded = true;
        }

        foreach (var chunk in met.Select(News).OfType<MarketLocation>().ToArray().Chunk(ChunkPlaces))
        {
            using var patience = Bounded(cancellationToken);
            await directory.SaveAsync(chunk, patience.Token);
            foreach (var location in chunk) _known[location.Id] = location;
        }
    }

    private static CancellationTokenSource Bounded(CancellationToken cancellationToken)
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        return patience;
    }

    /// <summary>
    /// What is to be entered of a place; null when nothing. A payload without types says <see cref="LocationType.Node"/> of
    /// every place, which takes nothing away from a type that another has told.
    /// </summary>
    private MarketLocation? News(MarketLocation met)
    {
        if (!_known.TryGetValue(met.Id, out var known)) return met;
        if (met.Type == LocationType.Node) met = met with { Type = known.Type };
        met = met with { Hub = met.Hub ?? known.Hub };
        return met == known ? null : met;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} locations could not be entered in the directory; they are tried again in a minute")]
    private partial void NotRecorded(int count, Exception error);
}
