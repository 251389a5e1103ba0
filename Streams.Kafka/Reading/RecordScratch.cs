using Confluent.Kafka;

namespace OptiBid.Streams.Kafka.Reading;

/// <summary>
/// Takes the bytes of a record's key or value from the client into one reused array. What it "deserializes" to is
/// their number, or -1 for a null.
/// </summary>
internal sealed class RecordScratch : IDeserializer<int>
{
    private byte[] _bytes = new byte[4096];

    public ReadOnlySpan<byte> Take(int length) => _bytes.AsSpan(0, Math.Max(0, length));

    public int Deserialize(ReadOnlySpan<byte> data, bool isNull, SerializationContext context)
    {
        if (isNull) return -1;
        if (data.Length > _bytes.Length) _bytes = new byte[Math.Max(data.Length, _bytes.Length * 2)];
        data.CopyTo(_bytes);
        return data.Length;
    }
}
