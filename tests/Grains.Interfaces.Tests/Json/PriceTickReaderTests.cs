using System.Text;
using System.Text.Json;
using OptiBid.Grains.Interfaces.Json;

namespace OptiBid.Grains.Interfaces.Tests.Json;

public sealed class PriceTickReaderTests
{
    private const string Whole = """
        {"timestamp":"2026-11-22T17:25:00Z","market_zone":"PJM","price_type":"REAL_TIME_5_MIN","location":"51288",
         "interval_minutes":5,"price":31.42,"energy_cost":30.10,"congestion_cost":1.00,"loss_cost":0.32,
         "volume":null,"renewable_percentage":41.2,"load_forecast":83211.0,
         "published_at":"2026-11-22T17:26:31Z","revision":1,"source":"pjm:rt_unverified_fivemin_lmps"}
        """;

    private static readonly DateTimeOffset ReceivedAt = new(2026, 11, 22, 17, 27, 0, TimeSpan.Zero);

    private readonly PriceTickReader _reader = new(new TextPool());

    private PriceTick Read(string json) => _reader.Read(Encoding.UTF8.GetBytes(json), ReceivedAt);

    [Fact]
    public void Read_WholeRecord_TakesEveryField()
    {
        var tick = Read(Whole);

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 25, 0, TimeSpan.Zero), tick.Timestamp);
        Assert.Equal(MarketZone.PJM, tick.MarketZone);
        Assert.Equal(PriceType.RealTime5Min, tick.PriceType);
        Assert.Equal("51288", tick.Location);
        Assert.Equal(5, tick.IntervalMinutes);
        Assert.Equal(31.42, tick.Price);
        Assert.Equal((30.10, 1.00, 0.32), (tick.EnergyCost, tick.CongestionCost, tick.LossCost));
        Assert.Null(tick.Volume);
        Assert.Equal((41.2, 83211.0), (tick.RenewablePercentage, tick.LoadForecast));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 26, 31, TimeSpan.Zero), tick.PublishedAt);
        Assert.Equal((1, "pjm:rt_unverified_fivemin_lmps"), (tick.Revision, tick.Source));
    }

    [Fact]
    public void Read_OnlyRequiredFields_TakesDefaultsFromTypeAndReceipt()
    {
        var tick = Read("""{"price":-4,"timestamp":"2026-11-22T12:00:00-05:00","location":"HB_NORTH","price_type":"REAL_TIME_15_MIN","market_zone":"ERCOT","unknown":{"a":[1,{"price":9}]}}""");

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 17, 0, 0, TimeSpan.Zero), tick.Timestamp);
        Assert.Equal(TimeSpan.Zero, tick.Timestamp.Offset);
        Assert.Equal((15, -4.0, 0), (tick.IntervalMinutes, tick.Price, tick.Revision));
        Assert.Equal(ReceivedAt, tick.PublishedAt);
    }

    [Fact]
    public void Read_WhatTheContextWrote_IsTheSameTick()
    {
        var tick = Read(Whole);

        var again = _reader.Read(JsonSerializer.SerializeToUtf8Bytes(tick, PriceJsonContext.Default.PriceTick), ReceivedAt);

        Assert.Equal(tick, again);
    }

    [Theory]
    [InlineData("", "record")]
    [InlineData("null", "record")]
    [InlineData("[]", "record")]
    [InlineData("<html>Service unavailable</html>", "record")]
    [InlineData("""{"price":31.42""", "record")]
    [InlineData("""{"price":NaN}""", "record")]
    [InlineData("""{"price":"31.42"}""", "price")]
    [InlineData("""{"price":1e999}""", "price")]
    [InlineData("""{"timestamp":"2026-11-22T17:25:00"}""", "timestamp")]
    [InlineData("""{"timestamp":"22/11/2026 17:25Z"}""", "timestamp")]
    [InlineData("""{"timestamp":1763832300}""", "timestamp")]
    [InlineData("""{"market_zone":"MARS"}""", "market_zone")]
    [InlineData("""{"market_zone":1}""", "market_zone")]
    [InlineData("""{"price_type":"SPOT"}""", "price_type")]
    [InlineData("""{"interval_minutes":2.5}""", "interval_minutes")]
    [InlineData("""{"location":["a"]}""", "location")]
    public void Read_BrokenRecord_NamesTheField(string json, string field)
    {
        var error = Assert.Throws<PriceFormatException>(() => Read(json));
        Assert.Equal(field, error.Field);
        Assert.StartsWith(field + ": ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timestamp")]
    [InlineData("market_zone")]
    [InlineData("price_type")]
    [InlineData("location")]
    [InlineData("price")]
    public void Read_RequiredFieldNullOrAbsent_NamesIt(string field)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        node[field] = null;
        Assert.Equal(field, Assert.Throws<PriceFormatException>(() => Read(node.ToJsonString())).Field);
        node.Remove(field);
        Assert.Equal(field, Assert.Throws<PriceFormatException>(() => Read(node.ToJsonString())).Field);
    }

    [Theory]
    [InlineData("interval_minutes", 0)]
    [InlineData("interval_minutes", 61)]
    [InlineData("revision", -1)]
    [InlineData("revision", 10_001)]
    [InlineData("revision", int.MaxValue)]
    public void Read_NumberOutOfRange_NamesTheField(string field, int value)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        node[field] = value;
        Assert.Equal(field, Assert.Throws<PriceFormatException>(() => Read(node.ToJsonString())).Field);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_000)]
    public void Read_RevisionAtItsBounds_IsTaken(int revision) =>
        Assert.Equal(revision, Read(Whole.Replace("\"revision\":1", $"\"revision\":{revision}", StringComparison.Ordinal)).Revision);

    [Theory]
    [InlineData("")]
    [InlineData(" padded")]
    [InlineData("a\u0000b")]
    public void Read_LocationThatCannotNameAPlace_NamesTheField(string location)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        node["location"] = location;
        Assert.Equal("location", Assert.Throws<PriceFormatException>(() => Read(node.ToJsonString())).Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pjm:ünïcode 🙂")]
    public void Read_SourceOfAnyPrintableText_IsTaken(string source) => Assert.Equal(source, ReadWithSource(source).Source);

    [Fact]
    public void Read_SourceThatNoStoreCanHoldOrTooLong_NamesTheField()
    {
        string[] sources = ["a\0b", "line\nbreak", "\u0085", new('x', PriceTick.MaxSourceLength + 1)];
        Assert.All(sources, source => Assert.Equal("source", Assert.Throws<PriceFormatException>(() => ReadWithSource(source)).Field));
    }

    private PriceTick ReadWithSource(string source)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(Whole)!.AsObject();
        node["source"] = source;
        return Read(node.ToJsonString());
    }

    [Fact]
    public void Read_InvalidUtf8_IsABrokenRecord()
    {
        var bytes = Encoding.Latin1.GetBytes("""{"location":"caf""" + "\u00e9" + "\"}");
        Assert.Equal("record", Assert.Throws<PriceFormatException>(() => _reader.Read(bytes, ReceivedAt)).Field);
    }

    [Fact]
    public void Read_OversizedRecord_IsRefusedBeforeItIsParsed()
    {
        var json = Whole.TrimEnd().TrimEnd('}') + ",\"padding\":\"" + new string('x', PriceTickReader.MaxBytes) + "\"}";
        Assert.Contains("more than", Assert.Throws<PriceFormatException>(() => Read(json)).Message, StringComparison.Ordinal);
    }
}
