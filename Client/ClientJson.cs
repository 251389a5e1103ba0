using System.Text.Json.Serialization;
using OptiBid.Client.Live;
using OptiBid.Client.Models;
using OptiBid.Client.Requests;

namespace OptiBid.Client;

/// <summary>Generated JSON of everything the client takes and sends. Fields that it does not know are passed over, so a newer gateway is no trouble.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Page<MarketPrice>), TypeInfoPropertyName = "PagePrice")]
[JsonSerializable(typeof(Page<PriceRevision>), TypeInfoPropertyName = "PagePriceRevision")]
[JsonSerializable(typeof(Page<PriceBucket>), TypeInfoPropertyName = "PagePriceBucket")]
[JsonSerializable(typeof(Page<MarketLocation>), TypeInfoPropertyName = "PageMarketLocation")]
[JsonSerializable(typeof(MarketPrice[]), TypeInfoPropertyName = "Prices")]
[JsonSerializable(typeof(Lag))]
[JsonSerializable(typeof(LocationPrices))]
[JsonSerializable(typeof(StorageValue))]
[JsonSerializable(typeof(Spreads))]
[JsonSerializable(typeof(PriceTrends))]
[JsonSerializable(typeof(ZoneSummaries))]
[JsonSerializable(typeof(CurrentMetrics))]
[JsonSerializable(typeof(FeedQualities))]
[JsonSerializable(typeof(PriceTrendsRequest))]
[JsonSerializable(typeof(PriceQueryBody))]
[JsonSerializable(typeof(Page<Alert>), TypeInfoPropertyName = "PageAlert")]
[JsonSerializable(typeof(Alert[]), TypeInfoPropertyName = "Alerts")]
[JsonSerializable(typeof(AlertRule))]
[JsonSerializable(typeof(AlertRuleList))]
[JsonSerializable(typeof(AlertRuleRequest))]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ClientJson : JsonSerializerContext;
