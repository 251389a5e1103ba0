namespace OptiBid.Streams.Kafka.Topology;

/// <summary>Spreads numbers evenly: the finalizer of MurmurHash3 (Austin Appleby, public domain).</summary>
internal static class Scatter
{
    public static uint Mix(uint value)
    {
        value = (value ^ (value >> 16)) * 0x85ebca6b;
        value = (value ^ (value >> 13)) * 0xc2b2ae35;
        return value ^ (value >> 16);
    }
}
