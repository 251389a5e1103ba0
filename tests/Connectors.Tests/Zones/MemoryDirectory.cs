using System.Collections.Concurrent;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>A location directory in memory that can be taken away.</summary>
public sealed class MemoryDirectory : ILocationDirectory
{
    public ConcurrentQueue<MarketLocation[]> Saved { get; } = new();

    public Exception? Trouble { get; set; }

    public Task SaveAsync(IReadOnlyCollection<MarketLocation> locations, CancellationToken cancellationToken = default)
    {
        if (Trouble is { } trouble) return Task.FromException(trouble);
        Saved.Enqueue([.. locations]);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<MarketLocation> SearchAsync(LocationQuery query, CancellationToken cancellationToken = default) =>
        Saved.SelectMany(batch => batch).GroupBy(location => location.Id).Select(saves => saves.Last()).ToAsyncEnumerable();
}
