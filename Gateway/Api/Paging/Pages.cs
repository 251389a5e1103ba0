using System.Text.Json.Serialization;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Api.Paging;

/// <summary>A page of prices.</summary>
/// <param name="Items">The prices.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record PricePage(
    IReadOnlyList<PriceView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);

/// <summary>A page of the location directory.</summary>
/// <param name="Items">The locations.</param>
/// <param name="NextCursor">Goes on after this page; absent on the last.</param>
public sealed record LocationPage(
    IReadOnlyList<LocationView> Items,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? NextCursor);
