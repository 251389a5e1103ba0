using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Grains.Streams;
using OptiBid.Grains.Validation;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Tests.Streams;

public sealed class PriceTickCodecTests
{
    private readonly PriceTickCodec _codec = new(new MarketRules(Options.Create(new MarketRulesOptions()), new FakeTimeProvider(Prices.Noon)));

    private PriceTick Decode(byte[]? key, byte[]? value, string topic = "market_data.pjm") => _codec.Decode(new KafkaRecordView
    {
        Topic = topic,
        Partition = 1,
        Offset = 42,
        Timestamp = Prices.Noon,
        Key = key,
        HasKey = key is not null,
        Value = value,
        HasValue = value is not null,
    });

    private string Refused(byte[]? key, byte[]? value, string topic = "market_data.pjm") =>
        Assert.Throws<PriceFormatException>(() => Decode(key, value, topic)).Field;

    [Fact]
    public void Encode_ThenDecode_IsTheSameTickWithItsOffset()
    {
        var tick = Prices.Tick(0, 30) with { EnergyCost = 29.5, Source = "test" };
        var (key, value) = _codec.Encode(tick);

        Assert.Equal(tick with { Sequence = 42 }, Decode(key, value));
    }

    [Fact]
    public void Decode_Tombstone_IsRefused() => Assert.Equal("record", Refused("51288"u8.ToArray(), null));

    [Fact]
    public void Decode_NullKey_IsRefused() => Assert.Equal("key", Refused(null, _codec.Encode(Prices.Tick(0, 30)).Value));

    [Fact]
    public void Decode_KeyOfAnotherLocation_IsRefused() => Assert.Equal("key", Refused("51289"u8.ToArray(), _codec.Encode(Prices.Tick(0, 30)).Value));

    [Fact]
    public void Decode_ZoneOfAnotherTopic_IsRefused() =>
        Assert.Equal("market_zone", Refused("51288"u8.ToArray(), _codec.Encode(Prices.Tick(0, 30)).Value, "market_data.caiso"));

    [Fact]
    public void Decode_BrokenMarketRule_IsRefused() =>
        Assert.Equal("price", Refused("51288"u8.ToArray(), _codec.Encode(Prices.Tick(0, 99_999)).Value));

    [Fact]
    public void Decode_HtmlInPlaceOfData_IsRefused() =>
        Assert.Equal("record", Refused("51288"u8.ToArray(), Encoding.UTF8.GetBytes("<html>")));
}
