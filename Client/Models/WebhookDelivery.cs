namespace OptiBid.Client.Models;

/// <summary>What became of an alert's post to a webhook.</summary>
public sealed record WebhookDelivery
{
    /// <summary>Attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it was taken, UTC; null as long as it was not.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>When it is tried again, UTC; null when it was taken or given up.</summary>
    public DateTimeOffset? NextAttempt { get; init; }

    /// <summary>What went wrong last, in words; null when nothing has.</summary>
    public string? LastError { get; init; }
}
