using OptiBid.Connectors.Feeds;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Ercot;

/// <summary>One report that ERCOT posts as files.</summary>
/// <param name="Product">ERCOT's product id, such as <c>np6-905-cd</c>.</param>
/// <param name="ReportTypeId">Its number in the document list.</param>
/// <param name="PriceType">The price series.</param>
/// <param name="Schedule">When the list is asked for.</param>
internal sealed record ErcotFile(string Product, int ReportTypeId, PriceType PriceType, PollSchedule Schedule)
{
    /// <summary>Full name, such as <c>ercot:np6-905-cd</c>.</summary>
    public string Name => "ercot:" + Product;
}
