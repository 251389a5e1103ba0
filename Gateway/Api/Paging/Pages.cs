using System.Text.Json.Serialization;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.Paging;

/// <summary>A page of prices.</summary>
/// <param name="Items">The prices.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record PricePage(
    IReadOnlyList<PriceView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>A page of the values that prices have had.</summary>
/// <param name="Items">The values, those of one price in the order of their revisions.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record RevisionPage(
    IReadOnlyList<RevisionView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>A page of prices gathered into larger intervals.</summary>
/// <param name="Items">The intervals.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record BucketPage(
    IReadOnlyList<BucketView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>A page of the location directory.</summary>
/// <param name="Items">The locations.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record LocationPage(
    IReadOnlyList<LocationView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);
