using OptiBid.Connectors.Http;

namespace OptiBid.Connectors.Caiso.Outlook;

/// <summary>A file behind Today's Outlook.</summary>
/// <param name="Address">Where it came from.</param>
/// <param name="Answer">What came.</param>
/// <param name="IsCurrent">Whether it is the file of the running day, which names no day.</param>
internal sealed record OutlookFile(Uri Address, MarketResponse Answer, bool IsCurrent)
{
    /// <summary>Name of the file of generation by fuel.</summary>
    public const string FuelMix = "fuelsource";

    /// <summary>Name of the file of load and its forecasts.</summary>
    public const string Demand = "demand";
}
