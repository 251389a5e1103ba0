namespace OptiBid.Connectors.Http;

/// <summary>
/// Which version of each address has been read and published, so that the market need not send it again (RFC 9110, section
/// 13: If-None-Match, If-Modified-Since). A version is to be noted only after its rows are published; else a fault between the
/// two would lose them. For one caller at a time.
/// </summary>
internal sealed class ReadVersions
{
    private const int AddressesAtMost = 1000;

    private readonly Dictionary<Uri, MarketResponse> _versions = [];

    /// <summary>Makes a request conditional, where a version of its address is known.</summary>
    public void Ask(HttpRequestMessage request)
    {
        if (!_versions.TryGetValue(request.RequestUri!, out var version)) return;
        if (version.Tag is { } tag) request.Headers.IfNoneMatch.Add(tag);
        request.Headers.IfModifiedSince = version.LastModified;
    }

    /// <summary>Notes the version of an address that has been published.</summary>
    public void Note(Uri address, in MarketResponse answer)
    {
        if (answer.IsUnchanged || (answer.Tag is null && answer.LastModified is null)) return;
        if (_versions.Count >= AddressesAtMost) _versions.Clear();
        _versions[address] = answer with { Body = default };
    }

    /// <summary>Forgets an address, so that it is read whole again.</summary>
    public void Forget(Uri address) => _versions.Remove(address);
}
