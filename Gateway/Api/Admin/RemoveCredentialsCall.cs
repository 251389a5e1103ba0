using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Connectors.Credentials;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>DELETE /admin/connectors/{zone}/credentials</c>: the configured credentials count again.</summary>
internal static class RemoveCredentialsCall
{
    private static readonly ApiCall Call = new([]) { Example = Examples.ConfiguredCredentials, Refusals = [401, 403, 503] };

    public static void Map(IEndpointRouteBuilder admin) => admin.MapDelete("/connectors/{zone}/credentials", HandleAsync)
        .Describe(Call, "RemoveCredentials", "Remove a market's credentials",
            "Removes what was set here; the configured credentials count again. Does nothing when nothing was set. Needs the role admin.")
        .RequireAuthorization(SecurityExtensions.Administrators)
        .WithMetadata(AdminZone.Parameter, new AdminAction("credentials.remove", IsChange: true));

    private static async Task<Ok<CredentialsView>> HandleAsync(HttpContext context, string zone, [FromServices] CredentialVault vault)
    {
        _ = Call.Read(context);
        var market = AdminZone.Read(zone);
        // Once begun it is carried through, whether the caller waits or not, so that the record is right.
        _ = await vault.RemoveAsync(market);
        return TypedResults.Ok(CredentialsView.Of(await vault.DescribeAsync(market)));
    }
}
