using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace OptiBid.Gateway.Tests.Security;

/// <summary>Tokens of an issuer that a gateway accepts although the issuer is not there.</summary>
internal static class IssuedTokens
{
    public const string Issuer = "https://id.example";
    public const string Audience = "optibid";

    private static readonly SymmetricSecurityKey Key = new(new byte[32]);

    /// <summary>Gives a gateway the issuer's keys without the issuer.</summary>
    public static IServiceCollection AcceptIssuedTokens(this IServiceCollection services) =>
        services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, bearer =>
        {
            bearer.ConfigurationManager = null;
            bearer.Configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            bearer.TokenValidationParameters.ValidIssuer = Issuer;
            bearer.TokenValidationParameters.ValidAudience = Audience;
            bearer.TokenValidationParameters.IssuerSigningKey = Key;
        });

    public static string Create(string audience, DateTime expires, string? role, string subject = "someone") => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = audience,
        NotBefore = DateTime.UtcNow.AddHours(-1),
        Expires = expires,
        Subject = new ClaimsIdentity(role is null ? [new Claim("sub", subject)] : [new Claim("sub", subject), new Claim("roles", role)]),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });
}
