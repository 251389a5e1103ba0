using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Credentials;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Admin;

/// <summary><c>PUT /admin/connectors/{zone}/credentials</c>: sets a market's credentials, for its connector's next call.</summary>
internal static class SetCredentialsCall
{
    private static readonly Parameter ApiKey = Secret("api_key", "Subscription key. Left out or blank, the configured one.");
    private static readonly Parameter Username = Secret("username", "User name. Left out or blank, the configured one.");
    private static readonly Parameter Password = Secret("password", "Password. Left out or blank, the configured one.");

    private static readonly ApiCall Call = new([ApiKey, Username, Password], InBody: true)
    {
        BodyExample = Examples.NewCredentials,
        Example = Examples.Credentials,
        Refusals = [401, 403, 409, 413, 415, 503],
    };

    public static void Map(IEndpointRouteBuilder admin) => admin.MapPut("/connectors/{zone}/credentials", HandleAsync)
        .Describe(Call, "SetCredentials", "Set a market's credentials",
            "Puts them in place of all that was set here before; the connector's next call has them, on other silos within a minute. They are stored encrypted. Needs the role admin.")
        .RequireAuthorization(SecurityExtensions.Administrators)
        .WithMetadata(AdminZone.Parameter, new AdminAction("credentials.set", IsChange: true));

    private static async Task<Ok<CredentialsView>> HandleAsync(HttpContext context, string zone, [FromServices] CredentialVault vault)
    {
        var market = AdminZone.Read(zone);
        var values = await Call.ReadBodyAsync(context);
        try
        {
            // Once begun it is carried through, whether the caller waits or not, so that the record is right.
            await vault.SetAsync(market, new MarketCredentials(values.Text(ApiKey), values.Text(Username), values.Text(Password)), Actor.Of(context));
        }
        catch (CredentialsRefusedException error)
        {
            throw ApiProblem.InvalidCredentials(Field(error.Part)?.Name, error.Message);
        }
        catch (KeyRingException error)
        {
            throw ApiProblem.KeyRingUnavailable(error.Message);
        }
        catch (ProtectedValueConflictException)
        {
            throw ApiProblem.CredentialsChanged(zone);
        }

        return TypedResults.Ok(CredentialsView.Of(await vault.DescribeAsync(market)));
    }

    private static Parameter? Field(string? part) => part switch
    {
        nameof(MarketCredentials.ApiKey) => ApiKey,
        nameof(MarketCredentials.Username) => Username,
        nameof(MarketCredentials.Password) => Password,
        _ => null,
    };

    private static Parameter Secret(string name, string description) => new(name, ParameterKind.Text, description) { IsSecret = true };
}
