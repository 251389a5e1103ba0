using OptiBid.Connectors.Configuration;

namespace OptiBid.Connectors.Credentials;

/// <summary>What credentials must be so that a call can carry them.</summary>
internal static class CredentialCheck
{
    /// <summary>Longest part, characters: far beyond what markets hand out, far below what a header may hold.</summary>
    public const int Longest = 2048;

    /// <summary>The credentials without blank parts, and without the blanks around the others, as the configuration takes them.</summary>
    /// <exception cref="CredentialsRefusedException">They cannot be used.</exception>
    public static MarketCredentials Normal(MarketCredentials credentials)
    {
        var normal = new MarketCredentials(NotBlank(credentials.ApiKey), NotBlank(credentials.Username), NotBlank(credentials.Password));
        if (normal is { ApiKey: null, Username: null, Password: null })
            throw new CredentialsRefusedException(null, "No credentials are given: set at least one of the API key, the user name and the password.");

        Check(nameof(normal.ApiKey), normal.ApiKey, static letter => letter is > ' ' and <= '~', "goes into a header and may hold visible ASCII characters only");
        Check(nameof(normal.Username), normal.Username, static letter => !char.IsControl(letter), "must not hold control characters");
        Check(nameof(normal.Password), normal.Password, static letter => !char.IsControl(letter), "must not hold control characters");
        return normal;
    }

    private static void Check(string part, string? value, Func<char, bool> isAllowed, string rule)
    {
        if (value is null) return;
        if (value.Length > Longest) throw new CredentialsRefusedException(part, $"{part} is longer than {Longest} characters.");
        if (!value.All(isAllowed)) throw new CredentialsRefusedException(part, $"{part} {rule}.");
    }

    private static string? NotBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
