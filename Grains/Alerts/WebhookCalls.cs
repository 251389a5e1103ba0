using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>One user's calls of webhooks that are under way; nobody waits for them, their answers are taken when they have come. For one caller at a time.</summary>
internal sealed partial class WebhookCalls(IAlertWebhooks webhooks, GrainInstruments instruments, ILogger log) : IDisposable
{
    private const int AtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _going = new();
    private readonly Dictionary<string, Task<string?>> _calls = new(StringComparer.Ordinal);

    /// <summary>Begins with those that are due and not under way, as far as there is room.</summary>
    public void Start(IEnumerable<(Alert Alert, Uri Address, string SealedSecret)> due)
    {
        foreach (var (alert, address, secret) in due)
        {
            if (_calls.Count >= AtOnce) return;
            if (!_calls.ContainsKey(alert.Id)) _calls[alert.Id] = PostAsync(address, secret, alert);
        }
    }

    /// <summary>What has been answered since this was asked last: the alert's id, and what went wrong, null when it was taken.</summary>
    public List<(string Alert, string? Error)> TakeAnswers()
    {
        var answers = _calls.Where(static call => call.Value.IsCompleted).Select(static call => (call.Key, call.Value.Result)).ToList();
        foreach (var (alert, _) in answers) _calls.Remove(alert);
        return answers;
    }

    /// <summary>Ends those that are under way; whoever comes next tries them again.</summary>
    public void Dispose()
    {
        _going.Cancel();
        _going.Dispose();
    }

    private async Task<string?> PostAsync(Uri address, string sealedSecret, Alert alert)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_going.Token);
        patience.CancelAfter(Patience);
        string? error;
        try
        {
            error = await webhooks.TryPostAsync(address, sealedSecret, alert, patience.Token);
        }
        catch (Exception failure)
        {
            // A user's address must not stop his rules.
            LogFailed(alert.Id, failure);
            error = "it could not be sent";
        }

        instruments.Webhook(error is null);
        return error;
    }

    [LoggerMessage(LogLevel.Error, "Alert {Alert} could not be posted to its webhook.")]
    private partial void LogFailed(string alert, Exception error);
}
