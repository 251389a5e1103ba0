using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Market;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>ERCOT's codes for kinds of settlement points.</summary>
internal static class ErcotPoint
{
    /// <summary>The code of a place.</summary>
    public static string Kind(ServedPlace place) => place switch
    {
        { IsEnergyWeighted: true } => "LZEW",
        { Name: "HB_BUSAVG" } => "SH",
        { Name: "HB_HUBAVG" } => "AH",
        { Type: LocationType.Hub } => "HU",
        { Type: LocationType.Zone } => "LZ",
        _ => "RN",
    };
}
