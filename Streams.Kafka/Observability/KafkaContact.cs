namespace OptiBid.Streams.Kafka.Observability;

/// <summary>What a provider knows of its cluster: whether it was reached last time, and what was wrong.</summary>
internal sealed class KafkaContact
{
    private volatile string? _trouble = "not reached yet";

    /// <summary>Null while the cluster answers.</summary>
    public string? Trouble => _trouble;

    public void Reached() => _trouble = null;

    /// <returns>True when this is news.</returns>
    public bool Lost(string trouble)
    {
        var news = _trouble is null;
        _trouble = trouble;
        return news;
    }
}
