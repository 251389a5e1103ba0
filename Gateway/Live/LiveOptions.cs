using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Live;

/// <summary>Section <c>Live</c>: the gateway's view of the newest prices.</summary>
public sealed class LiveOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Live";

    /// <summary>How often the gateway looks which silos there are.</summary>
    public TimeSpan DiscoveryInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a silo's snapshot is taken anew, which makes good whatever was lost on the way.</summary>
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an answer from a silo may take.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Prices kept for readers that lag; one further behind takes the newest from the table.</summary>
    public int JournalCapacity { get; set; } = 65_536;

    internal sealed class Validator : IValidateOptions<LiveOptions>
    {
        public ValidateOptionsResult Validate(string? name, LiveOptions options)
        {
            if (options.JournalCapacity is < 16 or > 10_000_000)
                return ValidateOptionsResult.Fail($"{Section}:JournalCapacity: {options.JournalCapacity} is not between 16 and 10000000.");
            return Positive(nameof(DiscoveryInterval), options.DiscoveryInterval)
                ?? Positive(nameof(SnapshotInterval), options.SnapshotInterval)
                ?? Positive(nameof(CallTimeout), options.CallTimeout)
                ?? ValidateOptionsResult.Success;
        }

        private static ValidateOptionsResult? Positive(string key, TimeSpan value) => value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? null
            : ValidateOptionsResult.Fail($"{Section}:{key}: {value} is not a time between 0 and one day.");
    }
}
