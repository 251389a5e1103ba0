using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OptiBid.Grains.Interfaces.Json;

/// <summary>
/// Reads one price record of the wire contract straight from its bytes, without intermediate objects. Unknown
/// fields are passed over; a field that is there must be of the right kind.
/// </summary>
/// <param name="texts">Pool of the strings met so far.</param>
public sealed class PriceTickReader(TextPool texts)
{
    /// <summary>Largest record read, bytes.</summary>
    public const int MaxBytes = 16 * 1024;

    private static readonly SearchValues<char> ControlCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>Reads a record.</summary>
    /// <param name="utf8">UTF-8 JSON, one object.</param>
    /// <param name="receivedAt">Stands in for a missing <c>published_at</c>: the record's Kafka timestamp.</param>
    /// <exception cref="PriceFormatException">The bytes break the contract; names the field.</exception>
    public PriceTick Read(ReadOnlySpan<byte> utf8, DateTimeOffset receivedAt)
    {
        if (utf8.Length > MaxBytes)
            throw new PriceFormatException("record", $"{utf8.Length} bytes, more than the {MaxBytes} a price record may have");

        try
        {
            return ReadObject(utf8, receivedAt);
        }
        catch (JsonException error)
        {
            throw new PriceFormatException("record", "not valid JSON: " + error.Message, error);
        }
        catch (InvalidOperationException error)
        {
            // Utf8JsonReader's answer to a string with invalid UTF-8 or a lone surrogate.
            throw new PriceFormatException("record", "not valid UTF-8 text: " + error.Message, error);
        }
    }

    private PriceTick ReadObject(ReadOnlySpan<byte> utf8, DateTimeOffset receivedAt)
    {
        var reader = new Utf8JsonReader(utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new PriceFormatException("record", "expected one JSON object");

        DateTimeOffset? timestamp = null, publishedAt = null;
        MarketZone? zone = null;
        PriceType? type = null;
        string? location = null, source = null;
        double? price = null, energy = null, congestion = null, loss = null, volume = null, renewable = null, load = null;
        int? minutes = null, revision = null;

        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("timestamp"u8)) timestamp = Time(ref reader, "timestamp");
            else if (reader.ValueTextEquals("market_zone"u8)) zone = Zone(ref reader);
            else if (reader.ValueTextEquals("price_type"u8)) type = Type(ref reader);
            else if (reader.ValueTextEquals("location"u8)) location = Text(ref reader, "location");
            else if (reader.ValueTextEquals("price"u8)) price = Number(ref reader, "price");
            else if (reader.ValueTextEquals("interval_minutes"u8)) minutes = Integer(ref reader, "interval_minutes");
            else if (reader.ValueTextEquals("energy_cost"u8)) energy = Number(ref reader, "energy_cost");
            else if (reader.ValueTextEquals("congestion_cost"u8)) congestion = Number(ref reader, "congestion_cost");
            else if (reader.ValueTextEquals("loss_cost"u8)) loss = Number(ref reader, "loss_cost");
            else if (reader.ValueTextEquals("volume"u8)) volume = Number(ref reader, "volume");
            else if (reader.ValueTextEquals("renewable_percentage"u8)) renewable = Number(ref reader, "renewable_percentage");
            else if (reader.ValueTextEquals("load_forecast"u8)) load = Number(ref reader, "load_forecast");
            else if (reader.ValueTextEquals("published_at"u8)) publishedAt = Time(ref reader, "published_at");
            else if (reader.ValueTextEquals("revision"u8)) revision = Integer(ref reader, "revision");
            else if (reader.ValueTextEquals("source"u8)) source = Text(ref reader, "source");
            else reader.Skip();
        }

        if (reader.Read()) throw new PriceFormatException("record", "expected nothing after the JSON object");

        var priceType = type ?? throw Missing("price_type");
        var tick = new PriceTick
        {
            Timestamp = timestamp ?? throw Missing("timestamp"),
            MarketZone = zone ?? throw Missing("market_zone"),
            PriceType = priceType,
            Location = location ?? throw Missing("location"),
            Price = price ?? throw Missing("price"),
            IntervalMinutes = Interval(minutes, priceType),
            EnergyCost = energy,
            CongestionCost = congestion,
            LossCost = loss,
            Volume = volume,
            RenewablePercentage = renewable,
            LoadForecast = load,
            PublishedAt = publishedAt ?? receivedAt,
            Revision = revision is null or (>= 0 and <= PriceTick.MaxRevision)
                ? revision ?? 0
                : throw new PriceFormatException("revision", $"{revision} is not between 1 and {PriceTick.MaxRevision} (0 or absent: not numbered)"),
            Source = Printable(source),
        };
        return LocationId.IsValidLocation(tick.Location)
            ? tick
            : throw new PriceFormatException("location", $"must be 1 to {LocationId.MaxLength} printable characters without white space at either end");
    }

    private static short Interval(int? minutes, PriceType type) => minutes switch
    {
        null => type.IntervalMinutes(),
        > 0 and <= 60 => (short)minutes,
        _ => throw new PriceFormatException("interval_minutes", $"{minutes} is not between 1 and 60"),
    };

    private static string? Printable(string? source) =>
        source is null || source.Length <= PriceTick.MaxSourceLength && !source.AsSpan().ContainsAny(ControlCharacters)
            ? source
            : throw new PriceFormatException("source", $"must be at most {PriceTick.MaxSourceLength} characters, none of them a control character");

    private static PriceFormatException Missing(string field) => new(field, "missing or null, but required");

    private static bool IsNull(ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.Null;

    private static double? Number(ref Utf8JsonReader reader, string field)
    {
        if (IsNull(ref reader)) return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out var value) && double.IsFinite(value))
            return value;
        throw Wrong(ref reader, field, "a finite number");
    }

    private static int? Integer(ref Utf8JsonReader reader, string field)
    {
        if (IsNull(ref reader)) return null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var value)) return value;
        throw Wrong(ref reader, field, "a whole number");
    }

    private static DateTimeOffset? Time(ref Utf8JsonReader reader, string field)
    {
        if (IsNull(ref reader)) return null;
        if (reader.TokenType == JsonTokenType.String && HasOffset(reader.ValueSpan)
            && reader.TryGetDateTimeOffset(out var value) && value.UtcDateTime.Year is >= 1990 and < 2200)
        {
            return value.ToUniversalTime();
        }

        throw Wrong(ref reader, field, "an ISO 8601 time with Z or an offset");
    }

    /// <summary>A time without an offset would be read as this machine's local time, so it is refused.</summary>
    private static bool HasOffset(ReadOnlySpan<byte> text) =>
        text.Length >= 17 && (text[^1] is (byte)'Z' || text[^6] is (byte)'+' or (byte)'-');

    private MarketZone? Zone(ref Utf8JsonReader reader)
    {
        if (Text(ref reader, "market_zone") is not { } text) return null;
        return MarketZones.TryParse(text, out var zone)
            ? zone
            : throw new PriceFormatException("market_zone", $"\"{Shorten(text)}\" is not one of {string.Join(", ", MarketZones.All)}");
    }

    private PriceType? Type(ref Utf8JsonReader reader)
    {
        if (Text(ref reader, "price_type") is not { } text) return null;
        return PriceTypes.TryParse(text, out var type)
            ? type
            : throw new PriceFormatException("price_type", $"\"{Shorten(text)}\" is not one of {string.Join(", ", PriceTypes.All.Select(t => t.Name()))}");
    }

    private string? Text(ref Utf8JsonReader reader, string field)
    {
        if (IsNull(ref reader)) return null;
        if (reader.TokenType != JsonTokenType.String) throw Wrong(ref reader, field, "a text");
        if (reader.ValueSpan.Length > 1024) throw new PriceFormatException(field, $"{reader.ValueSpan.Length} bytes is too long");

        Span<char> buffer = stackalloc char[1024];
        return texts.Get(buffer[..reader.CopyString(buffer)]);
    }

    private static PriceFormatException Wrong(ref Utf8JsonReader reader, string field, string expected) =>
        new(field, $"{Shorten(Encoding.UTF8.GetString(reader.ValueSpan))} ({reader.TokenType}) is not {expected}");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
