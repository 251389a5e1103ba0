using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OptiBid.Client.Models;
using OptiBid.Client.Requests;

namespace OptiBid.Client.Tests;

/// <summary>The client beside the document that the gateway gives of itself.</summary>
public sealed class ContractTests(RunningGateway gateway)
{
    private static readonly NullabilityInfoContext Nullability = new();

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = Start.AddDays(2);

    private static readonly PriceQuery Query = new()
    {
        Zones = [MarketZones.Pjm], Locations = ["1"], PriceTypes = [PriceTypes.RealTime5Min], Start = Start, End = End, MinPrice = -1, MaxPrice = 9, Sort = "desc", PageSize = 2, Timezone = "UTC", AsOf = End,
    };

    private static readonly AlertRuleRequest Rule = new("dear", MarketZones.Pjm, ["1"], AlertKinds.Above, 100)
    {
        PriceType = PriceTypes.RealTime5Min, Hysteresis = 1, CoolDownSeconds = 60, Enabled = true, Webhook = "https://example.com/alerts",
    };

    private const string Operators = "operators have it in /docs; the client is for those who read prices";

    /// <summary>Operations that the client leaves out, and why.</summary>
    private static readonly Dictionary<string, string> LeftOut = new()
    {
        ["GetPriceHistory"] = "QueryPrices says the same and more",
        ["ListQualityEvents"] = Operators,
        ["StartBackfill"] = Operators,
        ["ListBackfills"] = Operators,
        ["GetBackfill"] = Operators,
        ["CancelBackfill"] = Operators,
    };

    /// <summary>What each operation of the client asks for, with everything it can ask for.</summary>
    private static readonly Dictionary<string, Func<OptiBidClient, CancellationToken, Task>[]> Calls = new()
    {
        ["GetLivePrices"] = [static (client, cancellation) => client.GetLivePricesAsync(new()
        {
            Zones = [MarketZones.Pjm], Locations = ["1"], LocationType = "HUB", PriceTypes = [PriceTypes.RealTime5Min], MinPrice = -1.5, MaxPrice = 2, Sort = "price", PageSize = 1,
        }, cancellation).FirstAsync(cancellation).AsTask()],
        ["GetLocationPrices"] = [static (client, cancellation) => client.GetLocationAsync(MarketZones.Ercot, "LZ_HOUSTON:LZEW", cancellation)],
        ["QueryPrices"] =
        [
            static (client, cancellation) => client.QueryBucketsAsync(Query, new Resample("1h") { Aggregates = ["min"], Fill = "none" }, cancellation).FirstAsync(cancellation).AsTask(),
            static (client, cancellation) => client.QueryRevisionsAsync(Query, cancellation).FirstAsync(cancellation).AsTask(),
        ],
        ["SearchLocations"] = [static (client, cancellation) => client.FindLocationsAsync(new() { Zones = [MarketZones.Pjm], Type = "HUB", Search = "W", PageSize = 1 }, cancellation).FirstAsync(cancellation).AsTask()],
        ["GetStorageValue"] = [static (client, cancellation) => client.GetStorageValueAsync(new(MarketZones.Pjm, "1", Start, End) { Hours = 4, PriceType = PriceTypes.DayAheadHourly }, cancellation)],
        ["GetSpreads"] = [static (client, cancellation) => client.GetSpreadsAsync(new(MarketZones.Pjm, "1", "dart", Start, End) { PriceType = PriceTypes.RealTime5Min, Resample = "1d", PageSize = 1, Cursor = "c" }, cancellation)],
        ["GetPriceTrends"] = [static (client, cancellation) => client.GetPriceTrendsAsync(new()
        {
            Zones = [MarketZones.Pjm], Locations = ["1"], PriceType = PriceTypes.DayAheadHourly, Start = Start, End = End, Bucket = "1d", MovingAverage = 7,
        }, cancellation)],
        ["GetSummary"] = [static (client, cancellation) => client.GetSummaryAsync(cancellation)],
        ["GetCurrentMetrics"] = [static (client, cancellation) => client.GetCurrentMetricsAsync([MarketZones.Pjm], cancellation)],
        ["GetQuality"] = [static (client, cancellation) => client.GetQualityAsync([MarketZones.Pjm], 2, cancellation)],
        ["ListAlertRules"] = [static (client, cancellation) => client.GetAlertRulesAsync(cancellation)],
        ["GetAlertRule"] = [static (client, cancellation) => client.GetAlertRuleAsync("r1", cancellation)],
        ["CreateAlertRule"] = [static (client, cancellation) => client.CreateAlertRuleAsync(Rule, cancellation)],
        ["ReplaceAlertRule"] = [static (client, cancellation) => client.ReplaceAlertRuleAsync("r1", Rule, cancellation)],
        ["DeleteAlertRule"] = [static (client, cancellation) => client.DeleteAlertRuleAsync("r1", cancellation)],
        ["ListAlerts"] = [static (client, cancellation) => client.GetAlertsAsync(new() { Zones = [MarketZones.Pjm], Rule = "r1", PageSize = 1 }, cancellation).FirstAsync(cancellation).AsTask()],
        ["StreamRealTime"] = [static (client, cancellation) => client.SubscribeAsync(new() { Zones = [MarketZones.Pjm], Locations = ["1"], PriceTypes = [PriceTypes.RealTime5Min], MaxRateHz = 2 }, cancellation)
            .FirstAsync(cancellation).AsTask()],
    };

    /// <summary>What the client makes of each answer.</summary>
    private static readonly Dictionary<Type, string> Schemas = new()
    {
        [typeof(MarketPrice)] = "PriceView",
        [typeof(PriceBucket)] = "BucketView",
        [typeof(PriceRevision)] = "RevisionView",
        [typeof(MarketLocation)] = "LocationView",
        [typeof(LocationPrices)] = "LocationPrices",
        [typeof(DartSpread)] = "DartSpread",
        [typeof(Basis)] = "Basis",
        [typeof(LastRevision)] = "LastRevision",
        [typeof(StorageValue)] = "StorageValueAnswer",
        [typeof(StorageSummary)] = "StorageSummary",
        [typeof(StorageDay)] = "StorageDayView",
        [typeof(StorageHour)] = "HourView",
        [typeof(Spreads)] = "SpreadsAnswer",
        [typeof(SpreadPoint)] = "SpreadView",
        [typeof(SpreadStatistics)] = "SpreadStatistics",
        [typeof(PriceTrends)] = "PriceTrendsAnswer",
        [typeof(PriceTrend)] = "PriceTrendView",
        [typeof(TrendBucket)] = "TrendBucketView",
        [typeof(ZoneSummaries)] = "SummaryAnswer",
        [typeof(ZoneSummary)] = "SummaryView",
        [typeof(CurrentMetrics)] = "MetricsAnswer",
        [typeof(ZoneMetrics)] = "MetricsView",
        [typeof(Mover)] = "MoverView",
        [typeof(FeedQualities)] = "QualityAnswer",
        [typeof(FeedQuality)] = "QualityView",
        [typeof(AlertRule)] = "AlertRuleView",
        [typeof(Alert)] = "AlertView",
        [typeof(WebhookDelivery)] = "WebhookDeliveryView",
    };

    public static TheoryData<string> Operations => [.. Calls.Keys];

    public static TheoryData<Type> Models => [.. Schemas.Keys];

    [Fact]
    public void Client_EveryOperation_IsThereOrLeftOutForAReason()
    {
        var there = Document().Where(static operation => !operation.Path.Contains("/admin/")).Select(static operation => operation.Id).Order();
        Assert.Equal(Calls.Keys.Concat(LeftOut.Keys).Order(), there);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task Call_WithEverything_AsksForEveryParameterAndNoOther(string operationId)
    {
        var operation = Document().Single(operation => operation.Id == operationId);
        var recorded = new RecordingHandler();
        using var http = new HttpClient(recorded) { BaseAddress = new Uri("http://gateway/") };

        foreach (var call in Calls[operationId])
            await Assert.ThrowsAsync<OptiBidException>(() => call(new OptiBidClient(http), TestContext.Current.CancellationToken));

        Assert.All(recorded.Requests, request => Assert.Equal(operation.Method, request.Method));
        Assert.All(recorded.Requests, request => Assert.Matches(operation.PathPattern, request.Path));
        // The cursor of a list comes with its second page.
        Assert.Equal(operation.Parameters.Order(), recorded.Requests.SelectMany(static request => request.Names).Append(operation.Parameters.Contains("cursor") ? "cursor" : "").Where(static name => name.Length > 0).Distinct().Order());
    }

    [Theory, MemberData(nameof(Models))]
    public void Model_EveryField_IsThereWithItsType(Type model)
    {
        var schema = Schema(Schemas[model]);
        var json = ClientJson.Default.GetTypeInfo(model)!;
        var fields = schema["properties"]!.AsObject().ToDictionary(static field => field.Key, field => Describe(field.Value!));

        Assert.Equal(fields.Select(static field => $"{field.Key}: {field.Value}").Order(), json.Properties.Select(static property => $"{property.Name}: {Describe(property)}").Order());
    }

    [Fact]
    public async Task Calls_RealGateway_AreAnswered()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var client = OptiBidClient.Connect(gateway.Address);
        var hub = await client.FindLocationsAsync(new() { Zones = [MarketZones.Pjm], Type = "HUB", PageSize = 1 }, cancellation).FirstAsync(cancellation);

        var live = await client.GetLivePricesAsync(new() { Zones = [MarketZones.Pjm], PageSize = 7 }, cancellation).ToListAsync(cancellation);
        Assert.True(live.Count > 7, $"{live.Count} prices:\n{gateway.Output}");
        Assert.Equal(live.Count, live.Select(static price => (price.Location, price.PriceType)).Distinct().Count());

        var whole = await client.GetLocationAsync(hub.MarketZone, hub.Location, cancellation);
        Assert.Equal(hub.LocationName, whole.LocationName);

        var now = TimeProvider.System.GetUtcNow();
        var query = new PriceQuery { Zones = [hub.MarketZone], Locations = [hub.Location], PriceTypes = [PriceTypes.RealTime5Min], Start = now.AddHours(-3), End = now, PageSize = 10 };
        var prices = await client.QueryPricesAsync(query, cancellation).ToListAsync(cancellation);
        Assert.True(prices.Count > 10);
        var buckets = await client.QueryBucketsAsync(query, new Resample("1h"), cancellation).ToListAsync(cancellation);
        Assert.Equal(prices.Count, buckets.Sum(static bucket => bucket.DataPoints));
        Assert.True((await client.QueryRevisionsAsync(query, cancellation).ToListAsync(cancellation)).Count >= prices.Count);

        using var file = new MemoryStream();
        await client.ExportAsync(query, ExportFormat.Csv, file, cancellation);
        Assert.Equal(prices.Count + 1, System.Text.Encoding.UTF8.GetString(file.ToArray()).Count(static letter => letter == '\n'));

        Assert.Equal(hub.Location, (await client.GetStorageValueAsync(new(hub.MarketZone, hub.Location, now.AddDays(-1), now), cancellation)).Location);
        Assert.Equal("dart", (await client.GetSpreadsAsync(new(hub.MarketZone, hub.Location, "dart", now.AddDays(-1), now), cancellation)).Kind);
        var summary = (await client.GetSummaryAsync(cancellation)).Items.Single(zone => zone.MarketZone == hub.MarketZone);
        Assert.Equal("LIVE", summary.Status);
        Assert.Equal(summary.Locations, (await client.GetCurrentMetricsAsync([hub.MarketZone], cancellation)).Items.Single(metrics => metrics.PriceType == summary.PriceType).Locations);
        Assert.All((await client.GetQualityAsync([hub.MarketZone], 2, cancellation)).Items, row => Assert.Equal(hub.MarketZone, row.MarketZone));
        Assert.Single((await client.GetPriceTrendsAsync(new() { Locations = [hub.Location], Zones = [hub.MarketZone], PriceType = PriceTypes.RealTime5Min, Start = now.AddDays(-1), End = now, Bucket = "1h" }, cancellation)).Trends);
    }

    [Fact]
    public async Task Call_Refused_SaysWhatIsWrong()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var client = OptiBidClient.Connect(gateway.Address);

        var error = await Assert.ThrowsAsync<OptiBidException>(() => client.GetLivePricesAsync(new() { Zones = ["MARS"] }, cancellation).FirstAsync(cancellation).AsTask());

        Assert.Equal(("zone", "MARS", false), (error.Problem.Field, error.Problem.Value, error.IsTransient));
        Assert.Contains("ERCOT", error.Message);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await Assert.ThrowsAsync<OptiBidException>(() => client.GetLocationAsync(MarketZones.Pjm, "no such place", cancellation))).Status);
    }

    private IEnumerable<Operation> Document() =>
        from path in gateway.OpenApi["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new Operation(path.Key, operation.Key, operation.Value!);

    private JsonNode Schema(string name)
    {
        if (gateway.OpenApi["components"]!["schemas"]![name] is { } schema) return schema;
        var pages = gateway.OpenApi["paths"]!["/api/v1/prices/query"]!["post"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["oneOf"]!.AsArray();
        return pages[name == "RevisionView" ? 1 : 2]!["properties"]!["items"]!["items"]!;
    }

    /// <summary>A field's type in one word or two: <c>number?</c>, <c>date-time</c>, <c>PriceView[]</c>.</summary>
    private static string Describe(JsonNode field)
    {
        if (field["$ref"] is { } reference) return Name(reference);
        if (field["oneOf"] is JsonArray choices) return Describe(choices.Single(static choice => (string?)choice!["type"] != "null")!) + "?";
        string[] types = field["type"] is JsonArray several ? [.. several.Select(static type => (string)type!)] : [(string)field["type"]!];
        var optional = types.Contains("null") ? "?" : "";
        return types.Single(static type => type != "null") switch
        {
            "array" => Describe(field["items"]!) + "[]",
            "string" => (string?)field["format"] ?? "string",
            var type => type,
        } + optional;
    }

    private static string Describe(JsonPropertyInfo property)
    {
        var member = (PropertyInfo)property.AttributeProvider!;
        var optional = Nullable.GetUnderlyingType(member.PropertyType) is not null
            || !member.PropertyType.IsValueType && Nullability.Create(member).ReadState == NullabilityState.Nullable;
        return Describe(member.PropertyType) + (optional ? "?" : "");
    }

    private static string Describe(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (Schemas.TryGetValue(type, out var schema)) return schema;
        if (type.IsGenericType) return Describe(type.GetGenericArguments()[0]) + "[]";
        return type == typeof(DateTimeOffset) ? "date-time"
            : type == typeof(DateOnly) ? "date"
            : type == typeof(double) ? "number"
            : type == typeof(int) || type == typeof(long) ? "integer"
            : type == typeof(bool) ? "boolean"
            : type == typeof(string) ? "string"
            : throw new NotSupportedException($"{type} has no place in the document.");
    }

    private static string Name(JsonNode reference) => ((string)reference!).Split('/')[^1];

    /// <summary>A call of the document.</summary>
    private sealed record Operation(string Path, string Verb, JsonNode Description)
    {
        public string Id => (string)Description["operationId"]!;

        public string Method => Verb.ToUpperInvariant();

        public string PathPattern => "^" + System.Text.RegularExpressions.Regex.Replace(Path, @"\\?\{[^}]+\}", "[^/]+") + "$";

        /// <summary>Names in the query string or of the body's fields; those within a field after it.</summary>
        public IEnumerable<string> Parameters => Description["requestBody"] is { } body
            ? Fields(body["content"]!["application/json"]!["schema"]!, "")
            : Description["parameters"]?.AsArray().Where(static parameter => (string)parameter!["in"]! == "query").Select(static parameter => (string)parameter!["name"]!) ?? [];

        private static IEnumerable<string> Fields(JsonNode schema, string prefix) => schema["properties"]!.AsObject().SelectMany(
            field => field.Value!["properties"] is null ? [prefix + field.Key] : Fields(field.Value!, prefix + field.Key + "."));
    }
}
