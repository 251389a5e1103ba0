using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>
/// A <see cref="PricePage"/> of prices from memory, put together from the JSON that each price has made once, however many ask
/// for it.
/// </summary>
internal sealed class LivePage(PriceView[] items, string? nextCursor) : IResult, IEndpointMetadataProvider
{
    // A cursor is of letters, digits, - and _ alone.
    private readonly byte[] _end = nextCursor is null ? [(byte)'}'] : Encoding.ASCII.GetBytes($",\"next_cursor\":\"{nextCursor}\"}}");

    private static ReadOnlySpan<byte> Start => "{\"items\":["u8;

    public static void PopulateMetadata(System.Reflection.MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(PricePage), [ResponseFormats.Json]));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = ResponseFormats.Json + "; charset=utf-8";
        httpContext.Response.ContentLength = Length();
        var output = httpContext.Response.BodyWriter;
        output.Write(Start);
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) output.Write(","u8);
            output.Write(items[i].Utf8);
        }

        output.Write("]"u8);
        output.Write(_end);
        _ = await output.FlushAsync(httpContext.RequestAborted);
    }

    private int Length()
    {
        var length = Start.Length + Math.Max(0, items.Length - 1) + 1 + _end.Length;
        foreach (var item in items) length += item.Utf8.Length;
        return length;
    }
}
