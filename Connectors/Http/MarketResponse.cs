using System.Net.Http.Headers;

namespace OptiBid.Connectors.Http;

/// <summary>A market's answer, read whole.</summary>
/// <param name="Body">Its bytes; empty only when it is unchanged.</param>
/// <param name="Total">The <c>X-TotalRows</c> header, where sent.</param>
internal readonly record struct MarketResponse(ReadOnlyMemory<byte> Body, long? Total)
{
    /// <summary>True when the market said (304) that nothing has changed since the version that was asked about.</summary>
    public bool IsUnchanged { get; init; }

    /// <summary>The version's entity tag, where sent.</summary>
    public EntityTagHeaderValue? Tag { get; init; }

    /// <summary>When the version was made, where sent.</summary>
    public DateTimeOffset? LastModified { get; init; }
}
