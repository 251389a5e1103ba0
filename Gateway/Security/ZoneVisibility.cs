using System.Security.Claims;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Security;

/// <summary>
/// Which zones a caller may see. Some markets limit redistribution to their members:
/// <c>Connectors:&lt;ZONE&gt;:Publish=false</c> keeps a zone from everybody who is not signed in with a role that may read.
/// A key that is made out for some zones sees these, whatever its role.
/// </summary>
internal sealed class ZoneVisibility
{
    private readonly ZoneSet _public;

    public ZoneVisibility(IConfiguration configuration) => _public = ZoneSet.Of(
        MarketZones.All.Where(zone => configuration.GetValue($"Connectors:{zone.Name()}:Publish", defaultValue: true)));

    public ZoneSet For(ClaimsPrincipal? caller) => (Roles.MayRead(caller) ? ZoneSet.All : _public).And(KeyIdentity.ZonesOf(caller));
}
