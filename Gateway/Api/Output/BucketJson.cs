using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Gateway.Api.Prices;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Output;

/// <summary>JSON of buckets: a value that was not asked for is left out, one that is not known is null.</summary>
internal sealed class BucketJson : IJsonTypeInfoResolver
{
    /// <summary>The JSON of a bucket.</summary>
    public static JsonTypeInfo<BucketView> Default { get; } = (JsonTypeInfo<BucketView>)new JsonSerializerOptions(ApiJson.Default.Options)
    {
        TypeInfoResolver = new BucketJson(),
    }.GetTypeInfo(typeof(BucketView));

    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        var info = ((IJsonTypeInfoResolver)ApiJson.Default).GetTypeInfo(type, options);
        if (type != typeof(BucketView)) return info;

        foreach (var property in info!.Properties)
        {
            if (AggregateNames.Of(property.Name) is var aggregate && aggregate != Aggregates.None)
                property.ShouldSerialize = (bucket, _) => ((BucketView)bucket).Asked.HasFlag(aggregate);
        }

        return info;
    }
}
