using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Paging;

namespace OptiBid.Gateway.Api.Docs;

/// <summary>What the history calls answer, in the documentation.</summary>
internal static class HistoryAnswers
{
    public const string Formats =
        "Accept: application/json gives pages; application/x-ndjson, text/csv and application/vnd.apache.parquet stream everything, " +
        "with the same fields, for the role trader and those above. A file that breaks off is not whole: its connection breaks too, and a Parquet file then has no index.";

    public static readonly IReadOnlyList<OtherAnswer> Others =
    [
        new("include_revisions", typeof(RevisionPage), Examples.RevisionPage),
        new("resample", typeof(BucketPage), Examples.BucketPage),
    ];

    public static readonly IReadOnlyDictionary<string, string?> Streams = new Dictionary<string, string?>
    {
        [ResponseFormats.NdJson] = "{\"market_zone\":\"PJM\",\"location\":\"51288\",\"price_type\":\"REAL_TIME_5_MIN\",\"timestamp\":\"2026-11-22T17:25:00Z\",\"price\":31.42}\n",
        [ResponseFormats.Csv] = "market_zone,location,location_name,location_type,price_type,timestamp,...\r\nPJM,51288,WESTERN HUB,HUB,REAL_TIME_5_MIN,2026-11-22T17:25:00Z,...\r\n",
        [ResponseFormats.Parquet] = null,
    };
}
