using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>A <see cref="LocationPrices"/> as an answer, put together from the JSON that each price has made once, however many ask for it.</summary>
internal sealed class WholeLocation(LocationPrices location) : IResult, IEndpointMetadataProvider
{
    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public static void PopulateMetadata(System.Reflection.MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(LocationPrices), [ResponseFormats.Json]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        // Nothing is awaited before the answer is in the connection's own buffer, so the thread's may be used again.
        var json = Write(location);
        var response = httpContext.Response;
        response.ContentType = ResponseFormats.Json + "; charset=utf-8";
        response.ContentLength = json.Length;
        response.BodyWriter.Write(json);
        return response.BodyWriter.FlushAsync(httpContext.RequestAborted).AsTask();
    }

    private static ReadOnlySpan<byte> Write(LocationPrices location)
    {
        var buffer = _buffer ??= new(4 * 1024);
        buffer.ResetWrittenCount();
        var writer = _writer ??= new(buffer);
        writer.Reset();
        writer.WriteStartObject();
        writer.WriteString("market_zone"u8, location.MarketZone);
        writer.WriteString("location"u8, location.Location);
        writer.WriteString("location_name"u8, location.LocationName);
        writer.WriteString("location_type"u8, location.LocationType);
        writer.WriteString("hub"u8, location.Hub);
        writer.WriteStartArray("prices"u8);
        foreach (var price in location.Prices) writer.WriteRawValue(price.Utf8, skipInputValidation: true);
        writer.WriteEndArray();
        writer.WritePropertyName("dart_spread"u8);
        JsonSerializer.Serialize(writer, location.DartSpread, ApiJson.Default.DartSpread!);
        writer.WritePropertyName("basis"u8);
        JsonSerializer.Serialize(writer, location.Basis, ApiJson.Default.Basis!);
        writer.WritePropertyName("last_revision"u8);
        JsonSerializer.Serialize(writer, location.LastRevision, ApiJson.Default.LastRevision!);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenSpan;
    }
}
