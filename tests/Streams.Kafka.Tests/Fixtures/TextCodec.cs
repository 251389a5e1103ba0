using System.Text;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Records are texts, keyed by what stands before a colon; some words make it fail.</summary>
internal sealed class TextCodec(TextCodec.Outage? outage = null) : IKafkaCodec<string>
{
    public string Decode(in KafkaRecordView record)
    {
        if (!record.HasValue) throw new FormatException("value: a tombstone");
        var text = Encoding.UTF8.GetString(record.Value);
        outage?.Pass(text);
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

    /// <summary>Something the codec needs is away for a while.</summary>
    internal sealed class Outage(string prefix = "")
    {
        private volatile bool _lasts;
        private int _failures;

        public int Failures => Volatile.Read(ref _failures);

        public void Begin() => _lasts = true;

        public void End() => _lasts = false;

        public void Pass(string text)
        {
            if (!_lasts || !text.StartsWith(prefix, StringComparison.Ordinal)) return;
            Interlocked.Increment(ref _failures);
            throw new TimeoutException("the schema registry is away");
        }
    }
}
