namespace OptiBid.Grains.Interfaces;

/// <summary>A rule as it is kept.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="WebhookSecret">The secret that posts to its webhook are signed with, when it was made just now: <c>whsec_</c> and base64.</param>
[GenerateSerializer, Immutable, Alias("optibid.SavedAlertRule")]
public sealed record SavedAlertRule([property: Id(0)] AlertRule Rule, [property: Id(1)] string? WebhookSecret);
