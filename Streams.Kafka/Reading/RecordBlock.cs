using Confluent.Kafka;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>Undecoded records of one partition, their bytes one after another in one array: no object for a record.</summary>
internal sealed class RecordBlock
{
    private const int KeepBytes = 4 * 1024 * 1024;

    /// <summary>What a record costs besides its bytes, and a header besides its own.</summary>
    private const int Overhead = 48;

    private byte[] _bytes = new byte[4096];
    private RawRecord[] _records = new RawRecord[16];
    private int _used;
    private int _besides;

    public int Count { get; private set; }

    /// <summary>Memory the records take, headers included.</summary>
    public int Bytes => _used + _besides;

    /// <summary>False once an outsize record has made its array too large to keep.</summary>
    public bool IsWorthKeeping => _bytes.Length <= KeepBytes;

    public ref readonly RawRecord this[int index] => ref _records.AsSpan(0, Count)[index];

    public void Add(long offset, long timestampMs, ReadOnlySpan<byte> key, bool hasKey, ReadOnlySpan<byte> value, bool hasValue, Headers? headers)
    {
        var needed = _used + key.Length + value.Length;
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
        if (Count == _records.Length) Array.Resize(ref _records, Count * 2);
        _records[Count++] = new RawRecord(offset, timestampMs, _used, hasKey ? key.Length : -1, hasValue ? value.Length : -1, headers);
        key.CopyTo(_bytes.AsSpan(_used));
        value.CopyTo(_bytes.AsSpan(_used + key.Length));
        _used = needed;
        _besides += Overhead;
        foreach (var header in headers ?? []) _besides += Overhead + header.Key.Length * 2 + (header.GetValueBytes()?.Length ?? 0);
    }

    public ReadOnlySpan<byte> Key(in RawRecord record) => _bytes.AsSpan(record.Start, Math.Max(0, record.KeyLength));

    public ReadOnlySpan<byte> Value(in RawRecord record) =>
        _bytes.AsSpan(record.Start + Math.Max(0, record.KeyLength), Math.Max(0, record.ValueLength));

    public KafkaRecordView View(in RawRecord record, in KafkaPartition partition) => new()
    {
        Topic = partition.Topic,
        Partition = partition.Number,
        Offset = record.Offset,
        Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(record.TimestampMs),
        Key = Key(record),
        HasKey = record.KeyLength >= 0,
        Value = Value(record),
        HasValue = record.ValueLength >= 0,
        Headers = new KafkaHeaders(record.Headers),
    };

    public void Clear()
    {
        Array.Clear(_records, 0, Count);
        Count = _used = _besides = 0;
    }
}

/// <summary>Where a record lies in its block; a length of -1 is a null.</summary>
internal readonly record struct RawRecord(long Offset, long TimestampMs, int Start, int KeyLength, int ValueLength, Headers? Headers);
