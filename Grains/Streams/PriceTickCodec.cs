using System.Text;
using System.Text.Json;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Grains.Validation;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Streams;

/// <summary>
/// The price contract on Kafka. Whatever breaks it, the contract's form or the market's rules, is poison with a
/// reason that names the field: the record must be keyed by its location and lie in its zone's topic, because
/// the order of a location's prices hangs on that.
/// </summary>
internal sealed class PriceTickCodec(MarketRules rules, LocationLimit limit) : IKafkaCodec<PriceTick>
{
    private readonly PriceTickReader _reader = new(new TextPool());

    public PriceTick Decode(in KafkaRecordView record)
    {
        if (!record.HasValue) throw new PriceFormatException("record", "a tombstone; prices are never deleted");
        if (!record.HasKey) throw new PriceFormatException("key", "missing; the key must be the location");

        var tick = _reader.Read(record.Value, record.Timestamp) with { Sequence = RecordOrder.Of(record.Timestamp, record.Offset) };
        if (!KeyIs(record.Key, tick.Location))
            throw new PriceFormatException("key", $"is not the record's location \"{tick.Location}\"");
        if (!string.Equals(tick.MarketZone.Topic(), record.Topic, StringComparison.Ordinal))
            throw new PriceFormatException("market_zone", $"{tick.MarketZone} does not belong in topic {record.Topic}");

        rules.Check(tick);
        limit.Admit(tick.MarketZone, tick.Location);
        return tick;
    }

    public KafkaRecord Encode(PriceTick item) =>
        new(Encoding.UTF8.GetBytes(item.Location), JsonSerializer.SerializeToUtf8Bytes(item, PriceJsonContext.Default.PriceTick));

    private static bool KeyIs(ReadOnlySpan<byte> key, string location)
    {
        Span<byte> expected = stackalloc byte[LocationId.MaxLength * 3];
        return key.SequenceEqual(expected[..Encoding.UTF8.GetBytes(location, expected)]);
    }
}
