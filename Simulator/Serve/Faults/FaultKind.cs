using System.Text.Json.Serialization;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>What can go wrong at a market.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FaultKind>))]
internal enum FaultKind
{
    /// <summary>Status 429 with <c>Retry-After</c>; CAISO's throttle page there.</summary>
    [JsonStringEnumMemberName("too-many-requests")] TooManyRequests,

    /// <summary>Status 500 with a page.</summary>
    [JsonStringEnumMemberName("server-error")] ServerError,

    /// <summary>Status 200 with a page in place of data; CAISO's throttle page there.</summary>
    [JsonStringEnumMemberName("html")] Html,

    /// <summary>A zip that ends in its middle, in a whole answer.</summary>
    [JsonStringEnumMemberName("truncated-zip")] TruncatedZip,

    /// <summary>The connection breaks in the middle of the body.</summary>
    [JsonStringEnumMemberName("truncated-body")] TruncatedBody,

    /// <summary>Columns in another order, one more of them, blanks behind the names of a CSV header.</summary>
    [JsonStringEnumMemberName("moved-columns")] MovedColumns,

    /// <summary>The answer comes after a while.</summary>
    [JsonStringEnumMemberName("slow")] Slow,

    /// <summary>Rows come out later than usual.</summary>
    [JsonStringEnumMemberName("late")] Late,

    /// <summary>Some intervals are published again with other values.</summary>
    [JsonStringEnumMemberName("corrected")] Corrected,

    /// <summary>An answer as if there were no data.</summary>
    [JsonStringEnumMemberName("empty")] Empty,

    /// <summary>The connection is closed without an answer.</summary>
    [JsonStringEnumMemberName("unavailable")] Unavailable,
}
