namespace OptiBid.Client.Requests;

/// <summary>A price query as it is sent.</summary>
internal sealed record PriceQueryBody
{
    public IReadOnlyList<string>? Zones { get; init; }

    public IReadOnlyList<string>? Locations { get; init; }

    public IReadOnlyList<string>? PriceTypes { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public double? MinPrice { get; init; }

    public double? MaxPrice { get; init; }

    public string? Sort { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }

    public Resample? Resample { get; init; }

    public string? Timezone { get; init; }

    public DateTimeOffset? AsOf { get; init; }

    public bool? IncludeRevisions { get; init; }
}
