using System.Collections.Concurrent;
using System.Security.Cryptography;
using OptiBid.Connectors.Credentials;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Connectors.Webhooks;

/// <summary>
/// Makes webhooks' secrets and opens them, with the key ring that market credentials are sealed with. Opened ones are held in
/// memory, because opening the ring takes longer than a post may. The ring is opened off Orleans' scheduler, which must not
/// be blocked by it.
/// </summary>
internal sealed class WebhookSecrets(KeyRing ring)
{
    /// <summary>Part of what a secret is sealed with: change it and what is stored is lost.</summary>
    private const string Purpose = "OptiBid.Connectors.Webhooks.v1";

    private const int MostHeld = 10_000;

    private readonly ConcurrentDictionary<string, WebhookSecret> _held = new();

    /// <exception cref="AlertRuleRefusedException">There are no keys to seal it with; says what to set.</exception>
    public Task<(string Secret, string Sealed)> MakeAsync() => Task.Run(async () =>
    {
        if (!ring.IsConfigured)
        {
            throw Refused(
                $"silos and gateways have no keys in common. An operator must set {KeyRingOptions.Section}:Folder to a folder they all share, or " +
                $"{KeyRingOptions.Section}:Certificate:Path (and :Password) to keep the keys in the database, on every silo and gateway");
        }

        var secret = WebhookSecret.Create();
        try
        {
            return (secret.Text, Convert.ToBase64String(await ring.ProtectAsync(Purpose, secret.Key, CancellationToken.None)));
        }
        catch (Exception error) when (error is KeyRingException or IOException or UnauthorizedAccessException)
        {
            // What exactly is the matter with the keys is for operators, and no user's business.
            throw Refused($"the silos cannot use their keys. An operator must look at {KeyRingOptions.Section}");
        }
        catch (HistoryUnavailableException)
        {
            throw Refused("the keys cannot be read at the moment. Try again");
        }
    });

    /// <exception cref="CryptographicException">The key is gone, or the text is no sealed secret.</exception>
    /// <exception cref="FormatException">The text is no sealed secret.</exception>
    /// <exception cref="KeyRingException">There is no key ring, or it cannot be used.</exception>
    /// <exception cref="HistoryUnavailableException">The keys are in the database, which is away.</exception>
    public async Task<WebhookSecret> OpenAsync(string text, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(text, out var held)) return held;
        var secret = await Task.Run(async () =>
        {
            await using var open = await ring.OpenAsync(cancellationToken);
            return new WebhookSecret(open.Unprotect(Purpose, Convert.FromBase64String(text)));
        }, cancellationToken);
        if (_held.Count >= MostHeld) _held.Clear();
        _held[text] = secret;
        return secret;
    }

    private static AlertRuleRefusedException Refused(string reason) => new($"A webhook's secret cannot be sealed for keeping: {reason}. Rules without a webhook can be kept.", isUnknown: false);
}
