using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Codecs;

/// <summary>The headers of a record as read. Names may repeat.</summary>
public readonly struct KafkaHeaders
{
    private readonly Headers? _headers;

    internal KafkaHeaders(Headers? headers) => _headers = headers;

    /// <summary>How many there are.</summary>
    public int Count => _headers?.Count ?? 0;

    /// <summary>A header and its value, which may be null, in the order they were written.</summary>
    /// <param name="index">From 0.</param>
    public KeyValuePair<string, byte[]?> this[int index] => _headers is { } headers
        ? new(headers[index].Key, headers[index].GetValueBytes())
        : throw new ArgumentOutOfRangeException(nameof(index), index, "The record has no headers.");

    /// <summary>Finds the last header of a name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value, which may be null.</param>
    /// <returns>False when there is none.</returns>
    public bool TryGetLast(string name, out byte[]? value)
    {
        value = null;
        return _headers is not null && _headers.TryGetLastBytes(name, out value);
    }
}
