using Microsoft.AspNetCore.Authorization;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Api.Output;

/// <summary>Which formats a caller may have: pages are for whoever may read, files for traders.</summary>
internal static class ExportRight
{
    /// <summary>The format that the caller likes best.</summary>
    /// <exception cref="ApiProblem">He accepts none, or may not have it.</exception>
    public static async Task<ResponseFormat> ChooseAsync(HttpContext context)
    {
        var format = ResponseFormats.Choose(context.Request);
        if (format == ResponseFormat.Json) return format;

        var rights = context.RequestServices.GetRequiredService<IAuthorizationService>();
        if ((await rights.AuthorizeAsync(context.User, SecurityExtensions.Traders)).Succeeded) return format;
        throw context.User.Identity is { IsAuthenticated: true }
            ? ApiProblem.ExportNotAllowed()
            : ApiProblem.SignInRequired("NDJSON, CSV and Parquet are for the role trader and those above it; pages of JSON need no sign-in.");
    }
}
