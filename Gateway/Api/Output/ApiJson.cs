using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Admin.Keys;
using OptiBid.Gateway.Api.Alerts;
using OptiBid.Gateway.Api.Analytics;
using OptiBid.Gateway.Api.Backfills;
using OptiBid.Gateway.Api.Paging;
using OptiBid.Gateway.Api.Zones;
using OptiBid.Gateway.Hubs;

namespace OptiBid.Gateway.Api.Output;

/// <summary>Generated JSON of everything the gateway sends and takes.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(PriceView))]
[JsonSerializable(typeof(PriceView[]))]
[JsonSerializable(typeof(IAsyncEnumerable<PriceView>))]
[JsonSerializable(typeof(PricePage))]
[JsonSerializable(typeof(RevisionView))]
[JsonSerializable(typeof(RevisionPage))]
[JsonSerializable(typeof(BucketView))]
[JsonSerializable(typeof(BucketPage))]
[JsonSerializable(typeof(LocationPage))]
[JsonSerializable(typeof(LocationPrices))]
[JsonSerializable(typeof(PriceFilterRequest))]
[JsonSerializable(typeof(ConnectorList))]
[JsonSerializable(typeof(ConnectorView))]
[JsonSerializable(typeof(IngestionList))]
[JsonSerializable(typeof(BackfillList))]
[JsonSerializable(typeof(BackfillView))]
[JsonSerializable(typeof(CredentialsView))]
[JsonSerializable(typeof(ApiKeyPage))]
[JsonSerializable(typeof(NewApiKeyView))]
[JsonSerializable(typeof(StorageValueAnswer))]
[JsonSerializable(typeof(SpreadsAnswer))]
[JsonSerializable(typeof(PriceTrendsAnswer))]
[JsonSerializable(typeof(SummaryAnswer))]
[JsonSerializable(typeof(MetricsAnswer))]
[JsonSerializable(typeof(QualityAnswer))]
[JsonSerializable(typeof(QualityEventPage))]
[JsonSerializable(typeof(QualityEventView[]))]
[JsonSerializable(typeof(AlertRuleView))]
[JsonSerializable(typeof(AlertRuleList))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(AlertView[]))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ApiJson : JsonSerializerContext;
