using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Connectors.Credentials;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>GET /admin/connectors/{zone}/credentials</c>: which credentials are set, never what to.</summary>
internal static class ReadCredentialsCall
{
    private static readonly ApiCall Call = new([]) { Example = Examples.Credentials, Refusals = [401, 403, 503] };

    public static void Map(IEndpointRouteBuilder admin) => admin.MapGet("/connectors/{zone}/credentials", HandleAsync)
        .Describe(Call, "ReadCredentials", "Which credentials of a market are set",
            "For each part whether it was set here (vault) or comes from the silos' configuration, and who set it when. Values are never shown. Needs the role admin.")
        .RequireAuthorization(SecurityExtensions.Administrators)
        .WithMetadata(AdminZone.Parameter, new AdminAction("credentials.read", IsChange: false));

    private static async Task<Ok<CredentialsView>> HandleAsync(HttpContext context, string zone, [FromServices] CredentialVault vault)
    {
        _ = Call.Read(context);
        return TypedResults.Ok(CredentialsView.Of(await vault.DescribeAsync(AdminZone.Read(zone), context.RequestAborted)));
    }
}
