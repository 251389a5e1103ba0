using System.Text;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Queries;

/// <summary>A price series: one type of price at one place.</summary>
/// <param name="Zone">The market.</param>
/// <param name="Location">The market's id of the place.</param>
/// <param name="PriceType">The type.</param>
internal readonly record struct SeriesKey(MarketZone Zone, string Location, PriceType PriceType) : IComparable<SeriesKey>
{
    /// <summary>The order of every query: names on the wire, byte by byte.</summary>
    public int CompareTo(SeriesKey other)
    {
        if (this == other) return 0;

        var zone = string.CompareOrdinal(Zone.Name(), other.Zone.Name());
        if (zone != 0) return zone;

        var place = Encoding.UTF8.GetBytes(Location).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other.Location));
        return place != 0 ? place : string.CompareOrdinal(PriceType.Name(), other.PriceType.Name());
    }
}
