namespace OptiBid.Gateway.Api.Analytics;

/// <summary>Examples of the analytics, shown in the documentation.</summary>
internal static class AnalyticsExamples
{
    public const string StorageValue = """
        {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","price_type":"DAY_AHEAD_HOURLY","hours":1,"timezone":"America/New_York",
         "start":"2026-11-22T05:00:00Z","end":"2026-11-23T05:00:00Z",
         "summary":{"days_with_value":1,"days_without_value":0,"mean":41.5,"median":41.5,"min":41.5,"max":41.5},
         "days":[{"date":"2026-11-22","start":"2026-11-22T05:00:00Z","end":"2026-11-23T05:00:00Z","hours_in_day":24,"hours_with_price":24,"coverage":1,
          "value":41.5,"total":41.5,"top_average":60,"bottom_average":18.5,
          "top":[{"timestamp":"2026-11-22T22:00:00Z","price":60,"coverage":1}],"bottom":[{"timestamp":"2026-11-22T08:00:00Z","price":18.5,"coverage":1}]}]}
        """;

    public const string Spreads = """
        {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","kind":"dart","price_type":"DAY_AHEAD_HOURLY",
         "reference_location":"51288","reference_price_type":"REAL_TIME_5_MIN","start":"2026-11-22T17:00:00Z","end":"2026-11-22T19:00:00Z","incomplete":0,
         "statistics":{"count":2,"mean":1,"standard_deviation":2,"min":-0.41,"max":2.41,"positive_share":0.5,"quantile_5":-0.27,"quantile_50":1,"quantile_95":2.27},
         "items":[{"timestamp":"2026-11-22T17:00:00Z","end":"2026-11-22T18:00:00Z","spread":2.41,"price":34,"reference":31.59,"data_points":1,"coverage":1},
          {"timestamp":"2026-11-22T18:00:00Z","end":"2026-11-22T19:00:00Z","spread":-0.41,"price":33,"reference":33.41,"data_points":1,"coverage":1}]}
        """;

    public const string PriceTrendsQuery = """
        {"zones":["PJM"],"locations":["51288"],"price_type":"DAY_AHEAD_HOURLY","start":"2026-11-01T04:00:00Z","end":"2026-12-01T05:00:00Z","bucket":"1d","moving_average":7}
        """;

    public const string PriceTrends = """
        {"price_type":"DAY_AHEAD_HOURLY","start":"2026-11-22T05:00:00Z","end":"2026-11-24T05:00:00Z","trends":[
         {"market_zone":"PJM","location":"51288","location_name":"WESTERN HUB","timezone":"America/New_York","slope":2.5,"total_change":2.5,
          "peak_average":44.1,"off_peak_average":27.8,"peak_hours":16,"off_peak_hours":32,"buckets":[
          {"timestamp":"2026-11-22T05:00:00Z","end":"2026-11-23T05:00:00Z","average":32,"min":18.5,"max":60,"standard_deviation":9.1,
           "change":null,"moving_average":null,"data_points":24,"coverage":1},
          {"timestamp":"2026-11-23T05:00:00Z","end":"2026-11-24T05:00:00Z","average":34.5,"min":20,"max":71,"standard_deviation":10.4,
           "change":2.5,"moving_average":33.25,"data_points":24,"coverage":1}]}]}
        """;
}
