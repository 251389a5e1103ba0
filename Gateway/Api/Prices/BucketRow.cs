using OptiBid.History;

namespace OptiBid.Gateway.Api.Prices;

/// <summary>A bucket as a row of a table.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="LocationName">The market's name of the place, where the directory has it.</param>
/// <param name="LocationType">What kind of place it is, where the directory has it.</param>
internal readonly record struct BucketRow(PriceBucket Bucket, string? LocationName, string? LocationType);
