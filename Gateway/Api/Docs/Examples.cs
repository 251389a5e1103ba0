namespace OptiBid.Gateway.Api.Docs;

/// <summary>Examples shown in the documentation.</summary>
internal static class Examples
{
    private const string Price = """
        {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","price_type":"REAL_TIME_5_MIN",
         "timestamp":"2026-11-22T17:25:00Z","interval_minutes":5,"price":31.42,"energy_cost":30.1,"congestion_cost":1,"loss_cost":0.32,
         "volume":null,"renewable_percentage":41.2,"load_forecast":83211,"published_at":"2026-11-22T17:26:31Z","revision":1,
         "source":"pjm:rt_unverified_fivemin_lmps","change":-0.4,"volatility_1h":1.9,"volatility_24h":4.2,"volatility_ewma":1.7}
        """;

    public const string PricePage = $$"""{"items":[{{Price}}],"next_cursor":"AWwBdG9rZW4"}""";

    public const string RevisionPage = """
        {"items":[
         {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","price_type":"REAL_TIME_5_MIN",
          "timestamp":"2026-11-22T17:25:00Z","interval_minutes":5,"price":31.42,"energy_cost":30.1,"congestion_cost":1,"loss_cost":0.32,
          "volume":null,"renewable_percentage":41.2,"load_forecast":83211,"published_at":"2026-11-22T17:26:31Z","revision":1,
          "source":"pjm:rt_unverified_fivemin_lmps","change":null,"volatility_1h":null,"volatility_24h":null,"volatility_ewma":null,
          "ingested_at":"2026-11-22T17:26:33.104Z","superseded_at":"2026-11-23T14:02:10Z"},
         {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","price_type":"REAL_TIME_5_MIN",
          "timestamp":"2026-11-22T17:25:00Z","interval_minutes":5,"price":31.57,"energy_cost":30.1,"congestion_cost":1.15,"loss_cost":0.32,
          "volume":null,"renewable_percentage":41.2,"load_forecast":83211,"published_at":"2026-11-23T14:02:10Z","revision":2,
          "source":"pjm:rt_fivemin_hrl_lmps","change":null,"volatility_1h":null,"volatility_24h":null,"volatility_ewma":null,
          "ingested_at":"2026-11-23T14:02:12.871Z","superseded_at":null}],
         "next_cursor":"AWgBdG9rZW4"}
        """;

    public const string BucketPage = """
        {"items":[{"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","price_type":"REAL_TIME_5_MIN",
         "timestamp":"2026-11-22T05:00:00Z","end":"2026-11-23T05:00:00Z","average":31.18,"max":88.05,"data_points":288,"coverage":1}],
         "next_cursor":"AWgBdG9rZW4"}
        """;

    public const string LocationPrices = $$"""
        {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","hub":null,"prices":[{{Price}}],
         "dart_spread":{"value":2.58,"day_ahead_price":34,"real_time_price":31.42,"price_type":"REAL_TIME_5_MIN","timestamp":"2026-11-22T17:25:00Z"},
         "basis":null,"last_revision":null}
        """;

    public const string LocationPage = """
        {"items":[{"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","location_type":"HUB","hub":null}]}
        """;

    public const string PriceQuery = """
        {"zones":["PJM"],"locations":["51288"],"price_types":["REAL_TIME_5_MIN"],"start":"2026-11-22T00:00:00Z","end":"2026-11-23T00:00:00Z",
         "resample":{"every":"1h","aggregates":["average","max"],"fill":"none"},"timezone":"America/New_York","as_of":"2026-11-23T06:00:00Z","sort":"asc","limit":1000}
        """;

    public const string NewCredentials = """
        {"api_key":"<subscription key>","username":"<user name>","password":"<password>"}
        """;

    public const string Credentials = """
        {"market_zone":"ERCOT","api_key":"vault","username":"vault","password":"vault","set_by":"ann@example.com","set_at":"2026-11-22T17:25:00Z","readable":true}
        """;

    public const string ConfiguredCredentials = """
        {"market_zone":"ERCOT","api_key":"configuration","username":"configuration","password":"configuration","set_by":null,"set_at":null,"readable":true}
        """;

    public const string Problem = """
        {"type":"urn:optibid:problem:invalid-parameter","title":"A parameter is not valid.","status":400,"detail":"limit must be from 1 to 1000.","field":"limit","value":"0"}
        """;

    public const string EventStream = "event: snapshot\nid: 1024\ndata: [{\"market_zone\":\"PJM\",\"location\":\"51288\",\"price\":31.42}]\n\nevent: prices\nid: 1031\ndata: [{\"market_zone\":\"PJM\",\"location\":\"51288\",\"price\":31.55}]\n\n";
}
