using System.Collections.Concurrent;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>What a provider knows of how it is getting on: whether its cluster answers, and what else is wrong.</summary>
internal sealed class KafkaContact
{
    private readonly ConcurrentDictionary<string, string> _troubles = new();
    private volatile string? _unreached = "not reached yet";

    /// <summary>Why the cluster cannot be reached; null while it answers.</summary>
    public string? Unreached => _unreached;

    public bool IsReached => _unreached is null;

    /// <summary>What is wrong though the cluster answers, in words; empty when nothing is.</summary>
    public IReadOnlyCollection<string> Troubles => [.. _troubles.OrderBy(trouble => trouble.Key, StringComparer.Ordinal).Select(trouble => trouble.Value)];

    public bool HasTroubles => !_troubles.IsEmpty;

    public void Reached() => _unreached = null;

    /// <returns>True when this is news.</returns>
    public bool Lost(string reason)
    {
        var news = _unreached is null;
        _unreached = reason;
        return news;
    }

    /// <summary>Notes that something is wrong, in place of what was noted of the same matter.</summary>
    public void Trouble(string matter, string words) => _troubles[matter] = words;

    /// <summary>Notes that nothing is wrong with a matter any more.</summary>
    public void Settle(string matter) => _troubles.TryRemove(matter, out _);
}
