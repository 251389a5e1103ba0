using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Interfaces.Json;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Streams;
using OptiBid.Grains.Validation;
using OptiBid.Streams.Kafka.Codecs;

namespace OptiBid.Grains.Tests.Streams;

public sealed class PriceTickCodecTests
{
    private static readonly IOptions<MarketRulesOptions> Rules = Options.Create(new MarketRulesOptions { MaxLocations = 2 });

    private readonly PriceTickCodec _codec = new(new MarketRules(Rules, new FakeTimeProvider(Prices.Noon)), new LocationLimit(Rules));

    private PriceTick Decode(byte[]? key, byte[]? value, string topic = "market_data.pjm", long offset = 42, int at = 0) => _codec.Decode(new KafkaRecordView
    {
        Topic = topic,
        Partition = 1,
        Offset = offset,
        Timestamp = Prices.Noon.AddSeconds(at),
        Key = key,
        HasKey = key is not null,
        Value = value,
        HasValue = value is not null,
    });

    private string Refused(byte[]? key, byte[]? value, string topic = "market_data.pjm") =>
        Assert.Throws<PriceFormatException>(() => Decode(key, value, topic)).Field;

    [Fact]
    public void Encode_ThenDecode_IsTheSameTickWithItsPlaceInTheOrderOfRecords()
    {
        var tick = Prices.Tick(0, 30) with { EnergyCost = 29.5, Source = "test" };
        var (key, value) = _codec.Encode(tick);

        Assert.Equal(tick with { Sequence = RecordOrder.Of(Prices.Noon, 42) }, Decode(key, value));
    }

    [Fact]
    public void Decode_CorrectionPublishedAtTheSameInstantFromALogBegunAnew_WinsAndTheOldRecordAgainDoesNot()
    {
        var book = new LocationBook();
        Assert.Equal(TickKind.New, Apply(30, offset: 1_000, at: 0));
        Assert.Equal(TickKind.Revised, Apply(31, offset: 0, at: 600));
        Assert.Equal(TickKind.Superseded, Apply(30, offset: 1_000, at: 0));
        Assert.Equal(31, Assert.Single(book.Newest()).Tick.Price);

        TickKind Apply(double price, long offset, int at)
        {
            var (key, value) = _codec.Encode(Prices.Tick(0, price));
            var kinds = new TickKind[1];
            book.Apply([Decode(key, value, offset: offset, at: at)], kinds);
            return kinds[0];
        }
    }

    [Fact]
    public void Decode_MoreLocationsThanAZoneMayHave_IsRefused()
    {
        string[] known = ["a", "b", "a"];
        Assert.All(known, location => Decode(Encoding.UTF8.GetBytes(location), _codec.Encode(Prices.Tick(0, 30, location: location)).Value));
        Assert.Equal("location", Refused("c"u8.ToArray(), _codec.Encode(Prices.Tick(0, 30, location: "c")).Value));
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
