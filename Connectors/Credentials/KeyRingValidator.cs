using Microsoft.Extensions.Options;

namespace OptiBid.Connectors.Credentials;

/// <summary>Stops the start with one clear line when a key ring is configured that cannot be used.</summary>
internal sealed class KeyRingValidator : IValidateOptions<KeyRingOptions>
{
    public ValidateOptionsResult Validate(string? name, KeyRingOptions options) =>
        Problem(options) is { } problem ? ValidateOptionsResult.Fail($"{KeyRingOptions.Section}:{problem}") : ValidateOptionsResult.Success;

    private static string? Problem(KeyRingOptions options)
    {
        if (options.Certificate is { Path: null, Password: not null }) return "Certificate:Path is missing: it is the file that Certificate:Password opens.";
        if (options.Certificate.Path is not null && Unusable(options.Certificate) is { } reason) return $"Certificate: {reason}";
        for (var at = 0; at < options.PreviousCertificates.Count; at++)
        {
            var previous = options.PreviousCertificates[at];
            if (previous.Path is null) return $"PreviousCertificates:{at}:Path is missing.";
            if (Unusable(previous) is { } why) return $"PreviousCertificates:{at}: {why}";
        }

        return options.Folder is { } folder ? Unusable(folder) : null;
    }

    private static string? Unusable(KeyRingCertificate certificate)
    {
        try
        {
            certificate.Load().Dispose();
            return null;
        }
        catch (KeyRingException error)
        {
            return error.Message;
        }
    }

    /// <summary>A folder that is not there yet is made, for its owner alone; one that is there keeps the rights it has.</summary>
    private static string? Unusable(string folder)
    {
        try
        {
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            _ = Directory.EnumerateFiles(folder).Any();
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return $"Folder: '{folder}' cannot be used: {error.Message}";
        }
    }
}
