using System.Buffers;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Simulator.History;

/// <summary>A JSON object a line, as on Kafka.</summary>
internal sealed class JsonTickLines : ITickLines, IDisposable
{
    private readonly Utf8JsonWriter _json = new(Stream.Null);

    public void WriteHeader(IBufferWriter<byte> buffer)
    {
    }

    public void Write(IBufferWriter<byte> buffer, in PriceTick tick)
    {
        _json.Reset(buffer);
        JsonSerializer.Serialize(_json, tick, PriceJsonContext.Default.PriceTick);
        _json.Flush();
        buffer.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();
}
