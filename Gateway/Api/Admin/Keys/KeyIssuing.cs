using System.Security.Claims;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.History;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Api.Admin.Keys;

/// <summary>
/// What the calls about keys have in common. Nobody gives away more than he has: administrators have every role, and one whose
/// key is made out for some zones sees, makes, rotates and revokes keys for these alone.
/// </summary>
internal static class KeyIssuing
{
    public static readonly PathParameter Id = new("id", new Parameter("id", ParameterKind.Text, "The key's public id.") { Example = "4b1f0c9d2e6a7788" });

    /// <summary>True when a caller has all the zones that a key has.</summary>
    public static bool Covers(ClaimsPrincipal caller, ApiKey key) => Covers(caller, key.Zones is { } zones ? ZoneSet.Of(zones) : ZoneSet.All);

    /// <summary>True when a caller has all these zones.</summary>
    public static bool Covers(ClaimsPrincipal caller, ZoneSet zones) => KeyIdentity.ZonesOf(caller).And(zones) == zones;

    /// <summary>The key of an id.</summary>
    /// <exception cref="ApiProblem">There is none that the caller may touch.</exception>
    public static async Task<ApiKey> FindAsync(this IApiKeys store, HttpContext context, string id)
    {
        if (!ApiKeyText.IsId(id) || await store.FindOrDefaultAsync(id) is not { } key) throw ApiProblem.UnknownKey(id);
        return Covers(context.User, key) ? key : throw ApiProblem.BeyondYourZones();
    }

    /// <summary>The key as it is now.</summary>
    public static async Task<ApiKey?> FindOrDefaultAsync(this IApiKeys store, string id) => (await store.ListAsync()).FirstOrDefault(key => key.Id == id);

    /// <summary>Keeps an answer that has a secret in it out of every cache.</summary>
    public static void KeepOutOfCaches(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}
