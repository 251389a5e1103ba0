using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>
/// Access tokens of the public API: a POST with user name and password (any) gives one that is good for a while. A token carries
/// its end and a signature of this process, so none is remembered.
/// </summary>
internal sealed class ErcotTokens(TimeSpan life)
{
    private const string Json = "application/json; charset=utf-8";

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Answers a request for a token.</summary>
    public Answer Issue(IFormCollection form, DateTimeOffset now)
    {
        if (form["grant_type"] != "password")
            return Answer.Text(Json, """{"error":"unsupported_grant_type","error_description":"AADB2C90086: The supplied grant_type is not supported."}""", 400);
        if (string.IsNullOrEmpty(form["username"]) || string.IsNullOrEmpty(form["password"]))
            return Answer.Text(Json, """{"error":"access_denied","error_description":"AADB2C90225: The username or password provided in the request are invalid."}""", 400);

        var token = Sign((now + life).ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var seconds = ((long)life.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Answer.Text(Json, $$"""{"access_token":"{{token}}","token_type":"Bearer","expires_in":"{{seconds}}","refresh_token":"none","id_token":"{{token}}"}""");
    }

    /// <summary>Why a call is not let in; null when it is.</summary>
    public string? Refuse(HttpRequest request, DateTimeOffset now)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)) return "Access denied due to missing authorization token.";

        var token = header[Scheme.Length..].Trim();
        var end = token.Split('.')[0];
        return token == Sign(end) && long.TryParse(end, NumberStyles.None, CultureInfo.InvariantCulture, out var until) && now < DateTimeOffset.FromUnixTimeMilliseconds(until)
            ? null
            : "Unauthorized. Access token is missing or invalid.";
    }

    private string Sign(string end) => $"{end}.{Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(end)))}";
}
