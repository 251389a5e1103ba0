namespace OptiBid.Connectors.Http;

/// <summary>A market's answer, read whole.</summary>
/// <param name="Body">Its bytes, never empty.</param>
/// <param name="Total">The <c>X-TotalRows</c> header, where sent.</param>
internal readonly record struct MarketResponse(ReadOnlyMemory<byte> Body, long? Total);
