namespace OptiBid.Client.Requests;

/// <summary>Which locations of the directory are wanted.</summary>
public sealed record LocationsRequest
{
    /// <summary>The markets; empty for all.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>What kind of place; null for all.</summary>
    public string? Type { get; init; }

    /// <summary>Part of the id or the name; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Locations in one answer of the gateway; the list goes on over all of them.</summary>
    public int? PageSize { get; init; }

    internal QueryText ToQuery() => new QueryText().Add("zone", Zones).Add("type", Type).Add("q", Search).Add("limit", PageSize);
}
