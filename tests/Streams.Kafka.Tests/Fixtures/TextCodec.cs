using System.Text;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Records are texts, keyed by what stands before a colon; some words make it fail.</summary>
internal sealed class TextCodec : IKafkaCodec<string>
{
    public string Decode(in KafkaRecordView record)
    {
        if (!record.HasValue) throw new FormatException("value: a tombstone");
        var text = Encoding.UTF8.GetString(record.Value);
        if (text.StartsWith("poison", StringComparison.Ordinal)) throw new FormatException("text: it is poison");
        if (text.StartsWith("bug", StringComparison.Ordinal)) throw new InvalidOperationException("a bug");
        return record.HasKey ? text : "no key:" + text;
    }

    public KafkaRecord Encode(string item)
    {
        if (item == "unencodable") throw new FormatException("item: cannot be encoded");
        var colon = item.IndexOf(':', StringComparison.Ordinal);
        return new(colon < 0 ? null : Encoding.UTF8.GetBytes(item[..colon]), Encoding.UTF8.GetBytes(item));
    }
}
