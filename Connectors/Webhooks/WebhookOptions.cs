using Microsoft.Extensions.Options;

namespace OptiBid.Connectors.Webhooks;

/// <summary>Section <c>Webhooks</c>: how alerts are posted to users' addresses. Silos post, gateways check addresses; give both the same.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// True where webhooks may lead to private networks and may be <c>http</c>: for development and tests. Elsewhere it lets
    /// every trader have the silos call whatever they can reach.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>How long one attempt may take, from the look-up of the name to the answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);
}

/// <summary>Stops the start when a value is wrong.</summary>
internal sealed class WebhookOptionsValidator : IValidateOptions<WebhookOptions>
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, WebhookOptions options) =>
        options.Timeout >= Shortest && options.Timeout <= Longest
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"{WebhookOptions.Section}:Timeout is {options.Timeout}; it must be from {Shortest} to {Longest}.");
}
