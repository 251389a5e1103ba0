using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>The parts of the history a connector uses besides the directory, in memory; can be taken away.</summary>
public sealed class MemoryHistory : IIngestionLog, IIntervalCounts
{
    public ConcurrentQueue<IngestionRecord> Records { get; } = new();

    public SortedDictionary<DateTimeOffset, int> Counts { get; } = [];

    public Exception? Trouble { get; set; }

    public Task RecordAsync(IReadOnlyCollection<IngestionRecord> records, CancellationToken cancellationToken = default)
    {
        if (Trouble is { } trouble) return Task.FromException(trouble);
        foreach (var record in records) Records.Enqueue(record);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<IngestionRecord> ReadAsync(IngestionQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        foreach (var record in Records.Reverse()) yield return record;
    }

    public Task<int> DeleteBeforeAsync(DateTimeOffset instant, CancellationToken cancellationToken = default) => Task.FromResult(0);

    public Task<IReadOnlyList<IntervalCount>> CountAsync(
        MarketZone zone, PriceType type, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken = default) => Trouble is { } trouble
        ? Task.FromException<IReadOnlyList<IntervalCount>>(trouble)
        : Task.FromResult<IReadOnlyList<IntervalCount>>([.. Counts.Where(count => count.Key >= from && count.Key < to).Select(count => new IntervalCount(count.Key, count.Value))]);
}
