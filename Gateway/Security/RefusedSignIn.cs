using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

namespace OptiBid.Gateway.Security;

/// <summary>
/// Whoever signs in with something that does not let him in is told so, also where he would need none: he would take what
/// anybody may see for all there is.
/// </summary>
internal static class RefusedSignIn
{
    public static WebApplication UseRefusedSignIn(this WebApplication app)
    {
        app.Use(static async (context, next) =>
        {
            if (context.User.Identity is { IsAuthenticated: true } || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null
                || (await context.AuthenticateAsync()).Failure is null)
            {
                await next(context);
            }
            else
            {
                await context.ChallengeAsync();
            }
        });
        return app;
    }
}
