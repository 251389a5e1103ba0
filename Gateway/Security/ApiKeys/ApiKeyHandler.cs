using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using OptiBid.Gateway.Api.Problems;
using OptiBid.History.ApiKeys;

namespace OptiBid.Gateway.Security.ApiKeys;

/// <summary>Lets callers in by API key. What is wrong with a key is told to nobody.</summary>
internal sealed class ApiKeyHandler(
    ApiKeyDirectory directory, ApiKeyUses uses, SecurityOptions security, IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string Name = "ApiKey";

    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("No key in force.");

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!security.AcceptsKeys || !ApiKeyText.TryParse(PresentedKey.Of(Request), out var key)) return Refused;
        if (await directory.FindAsync(key, Context.RequestAborted) is not { } secret) return Refused;
        uses.Note(secret.Key.Id, Context.Connection.RemoteIpAddress);
        return AuthenticateResult.Success(new(secret.Principal, Scheme.Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // A gateway that has never read the keys cannot say that this is none.
        if (security.AcceptsKeys && !directory.IsLoaded) return ProblemAnswers.Answer(ApiProblem.KeysUnavailable(), Context).ExecuteAsync(Context);
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = Name;
        return Task.CompletedTask;
    }
}
