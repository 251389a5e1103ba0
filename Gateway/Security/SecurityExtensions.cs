using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Security.ApiKeys;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway.Security;

/// <summary>Who may call what.</summary>
internal static class SecurityExtensions
{
    /// <summary>Policy of what is for traders, and for those above them.</summary>
    public const string Traders = "traders";

    /// <summary>Policy of pages for operators and administrators.</summary>
    public const string Operators = "operators";

    /// <summary>Policy of pages for operators and administrators that show all zones at once: a key that is made out for some does not open them.</summary>
    public const string OperatorsOfAllZones = "operators-of-all-zones";

    /// <summary>Policy of what is for administrators alone.</summary>
    public const string Administrators = "administrators";

    /// <summary>Scheme that leaves a call to the one that its credentials are of.</summary>
    private const string EitherScheme = "Either";

    /// <summary>Authentication, authorization and the limits of what a caller may send; refuses to start unsafely.</summary>
    public static WebApplicationBuilder AddSecurity(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(SecurityOptions.Section).Get<SecurityOptions>() ?? new();
        var isDevelopment = builder.Environment.IsDevelopment();
        if (options.FindFault(isDevelopment) is { } fault) throw new StartRefusedException(fault);

        options.ApiKeys ??= isDevelopment ? null : false;
        builder.Services.AddSingleton(options);
        builder.Services.AddAuthentication(EitherScheme)
            .AddPolicyScheme(EitherScheme, displayName: null, static either => either.ForwardDefaultSelector =
                static context => PresentedKey.Is(context.Request) ? ApiKeyHandler.Name : JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer => Configure(bearer, options, isDevelopment))
            .AddApiKeys(options);
        var mustSignIn = options is { HasSignIn: true, AllowAnonymous: false };
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(mustSignIn ? new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Roles.Reading).Build() : null)
            .AddPolicy(Traders, policy =>
            {
                if (isDevelopment && !mustSignIn) policy.RequireAssertion(static _ => true);
                else policy.RequireAuthenticatedUser().RequireRole(Roles.Trading);
            })
            .AddPolicy(Operators, Operating)
            .AddPolicy(OperatorsOfAllZones, policy =>
            {
                Operating(policy);
                policy.RequireAssertion(static context => KeyIdentity.ZonesOf(context.User).Equals(ZoneSet.All));
            })
            .AddPolicy(Administrators, policy =>
            {
                if (isDevelopment && !options.HasSignIn) policy.RequireAssertion(static _ => true);
                else policy.RequireAuthenticatedUser().RequireRole(Roles.Administrating);
            });
        builder.Services.AddSingleton<ZoneVisibility>();
        builder.AddLimits();
        builder.AddEdge();
        return builder;

        void Operating(AuthorizationPolicyBuilder policy)
        {
            if (isDevelopment && !mustSignIn) policy.RequireAssertion(static _ => true);
            else policy.RequireAuthenticatedUser().RequireRole(Roles.Operating);
        }
    }

    /// <summary>Authentication, the callers' budgets, no entry with what does not sign in, authorization.</summary>
    public static WebApplication UseSecurity(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseCallLimits();
        app.UseRefusedSignIn();
        app.UseAuthorization();
        return app;
    }

    private static void Configure(JwtBearerOptions bearer, SecurityOptions options, bool isDevelopment)
    {
        // Without an authority, the tokens of `dotnet user-jwts` are accepted where its keys are configured, and none elsewhere.
        if (options.Authority is { Length: > 0 }) (bearer.Authority, bearer.Audience) = (options.Authority, options.Audience);
        bearer.RequireHttpsMetadata = !isDevelopment;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters.RoleClaimType = options.RoleClaim;
        bearer.TokenValidationParameters.NameClaimType = "sub";
        bearer.Events = new JwtBearerEvents
        {
            // A browser cannot set a header on a web socket, so there, and only there, the token may stand in the address.
            OnMessageReceived = static context =>
            {
                if (context.HttpContext.Request.Path.StartsWithSegments("/hubs")
                    && context.Request.Query.TryGetValue("access_token", out var token))
                {
                    context.Token = token;
                }

                return Task.CompletedTask;
            },
        };
    }
}
