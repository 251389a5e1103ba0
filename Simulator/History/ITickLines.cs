using System.Buffers;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>A text format with a line for each price, UTF-8.</summary>
internal interface ITickLines
{
    /// <summary>Writes what stands before the first price.</summary>
    void WriteHeader(IBufferWriter<byte> buffer);

    /// <summary>Writes a price and the end of its line.</summary>
    void Write(IBufferWriter<byte> buffer, in PriceTick tick);
}
