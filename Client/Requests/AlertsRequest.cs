namespace OptiBid.Client.Requests;

/// <summary>Which alerts are wanted.</summary>
public sealed record AlertsRequest
{
    /// <summary>The markets; empty for all.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>The id of a rule; null for all.</summary>
    public string? Rule { get; init; }

    /// <summary>Alerts in one answer of the gateway; the list goes on over all of them.</summary>
    public int? PageSize { get; init; }

    internal QueryText ToQuery() => new QueryText().Add("zone", Zones).Add("rule", Rule).Add("limit", PageSize);
}
