using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Extensions.Caching.Hybrid;

namespace OptiBid.Gateway.Caching;

/// <summary>An answer as bytes in the shared level: a version, the reading's gateway, number and time, and the JSON.</summary>
internal sealed class KeptAnswerFormat : IHybridCacheSerializer<KeptAnswer>
{
    /// <summary>Bytes before the JSON.</summary>
    public const int HeaderBytes = 1 + 3 * sizeof(long);

    private const byte Version = 1;

    public KeptAnswer Deserialize(ReadOnlySequence<byte> source)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (source.Length < HeaderBytes) throw new FormatException("A kept answer is too short.");
        source.Slice(0, HeaderBytes).CopyTo(header);
        if (header[0] != Version) throw new FormatException($"A kept answer has version {header[0]}.");

        var ticks = Number(header, 2);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks) throw new FormatException("A kept answer has no time.");
        var body = source.Slice(HeaderBytes).ToArray();
        return new KeptAnswer(new(Number(header, 0), Number(header, 1), new(ticks, TimeSpan.Zero)), body, EntityTag.Of(body));
    }

    public void Serialize(KeptAnswer value, IBufferWriter<byte> target)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        header[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(header[1..], value.Reading.Gateway);
        BinaryPrimitives.WriteInt64LittleEndian(header[9..], value.Reading.Number);
        BinaryPrimitives.WriteInt64LittleEndian(header[17..], value.Reading.At.UtcTicks);
        target.Write(header);
        target.Write(value.Body.Span);
    }

    private static long Number(ReadOnlySpan<byte> header, int place) => BinaryPrimitives.ReadInt64LittleEndian(header[(1 + place * sizeof(long))..]);
}
