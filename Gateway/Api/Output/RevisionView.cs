using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using OptiBid.History.Export;

namespace OptiBid.Gateway.Api.Output;

/// <summary>One of the values a price has had, and how long it stood.</summary>
public sealed class RevisionView : PriceView
{
    /// <summary>For readers of the JSON.</summary>
    [JsonConstructor]
    public RevisionView()
    {
    }

    [SetsRequiredMembers]
    private RevisionView(in PriceRow row) : base(row.Tick, row.LocationName, row.LocationType, default)
    {
        IngestedAt = row.IngestedAt.GetValueOrDefault().UtcDateTime;
        SupersededAt = row.SupersededAt?.UtcDateTime;
    }

    /// <summary>When it came into the history, UTC.</summary>
    [JsonPropertyOrder(1)]
    public required DateTime IngestedAt { get; init; }

    /// <summary>When another value was published in its place, UTC; null for the one that stands.</summary>
    [JsonPropertyOrder(1)]
    public DateTime? SupersededAt { get; init; }

    internal static new RevisionView Of(in PriceRow row) => new(row);
}
