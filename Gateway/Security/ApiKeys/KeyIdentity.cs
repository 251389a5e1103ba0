using System.Security.Claims;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>Who calls with a key: <c>key:&lt;id&gt;</c>, its roles, and its zones where it has not all.</summary>
internal sealed class KeyIdentity : ClaimsIdentity
{
    private const string ZonesClaim = "urn:optibid:zones";

    public KeyIdentity(KeySecret secret, string roleClaim)
        : base([new Claim("sub", "key:" + secret.Key.Id)], "ApiKey", "sub", roleClaim)
    {
        Secret = secret;
        foreach (var role in secret.Key.Roles) AddClaim(new Claim(roleClaim, role));
        if (secret.Key.Zones is { } zones) AddClaim(new Claim(ZonesClaim, string.Join(',', zones.Select(static zone => zone.Name()))));
    }

    public KeySecret Secret { get; }

    /// <summary>The key that somebody calls with; null without one.</summary>
    public static KeySecret? SecretOf(ClaimsPrincipal? caller) => (caller?.Identity as KeyIdentity)?.Secret;

    /// <summary>The zones that a caller is held to: his key's, or all.</summary>
    public static ZoneSet ZonesOf(ClaimsPrincipal? caller) => caller?.FindFirst(ZonesClaim) is { } claim
        ? ZoneSet.Of(MarketZones.All.Where(zone => claim.Value.Split(',').Contains(zone.Name())))
        : ZoneSet.All;
}
