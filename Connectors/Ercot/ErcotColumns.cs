namespace OptiBid.Connectors.Ercot;

/// <summary>What ERCOT calls the same column in its files, its public API and its older files.</summary>
internal static class ErcotColumns
{
    public static readonly string[] Date = ["DeliveryDate", "DELIVERY_DATE", "Delivery Date", "OperDay"];
    public static readonly string[] Hour = ["HourEnding", "DeliveryHour", "HOUR_ENDING", "Hour Ending", "Delivery Hour"];
    public static readonly string[] Quarter = ["DeliveryInterval", "Delivery Interval"];
    public static readonly string[] Flag = ["DSTFlag", "DST_FLAG", "RepeatedHourFlag", "RepeatHourFlag", "Repeated Hour Flag"];
    public static readonly string[] Run = ["SCEDTimestamp", "SCED_TIMESTAMP", "SCED Time Stamp"];
    public static readonly string[] Point = ["SettlementPoint", "SettlementPointName", "Settlement Point", "Settlement Point Name"];
    public static readonly string[] PointType = ["SettlementPointType", "Settlement Point Type"];
    public static readonly string[] Corrected = ["PriceCorrectionTime", "Price Correction Time"];
}
