namespace OptiBid.Connectors.Caiso;

/// <summary>How far ahead CAISO looks.</summary>
internal static class CaisoHorizon
{
    /// <summary>No forecast reaches further.</summary>
    public static readonly TimeSpan Forecasts = TimeSpan.FromDays(15);
}
