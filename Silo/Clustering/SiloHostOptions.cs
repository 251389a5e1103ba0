using Microsoft.Extensions.Options;

namespace OptiBid.Silo.Clustering;

/// <summary>Section <c>Silo</c>: how this process takes part in the cluster.</summary>
public sealed class SiloHostOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>Whether the gateway hosts its own silo; left out, it does when no <c>ConnectionStrings:History</c> is configured.</summary>
    public bool? Embedded { get; set; }

    /// <summary>Port for silo-to-silo traffic. Left out: 11111, and any free port where the silo is embedded.</summary>
    public int? SiloPort { get; set; }

    /// <summary>Port for gateways (Orleans clients). Left out: 30000, and any free port where the silo is embedded.</summary>
    public int? GatewayPort { get; set; }

    /// <summary>Address that other silos and gateways reach this silo at; left out, loopback.</summary>
    public string? AdvertisedIP { get; set; }

    /// <summary>Silos and gateways with the same cluster id find each other.</summary>
    public string ClusterId { get; set; } = "optibid";

    /// <summary>Names the service across deployments: grain state and reminders belong to it.</summary>
    public string ServiceId { get; set; } = "optibid";

    /// <summary>True when the process hosts a silo of its own.</summary>
    public static bool IsEmbedded(IConfiguration configuration) =>
        configuration.GetValue<bool?>($"{Section}:{nameof(Embedded)}") ?? configuration.GetConnectionString("History") is null or "";

    internal sealed class Validator : IValidateOptions<SiloHostOptions>
    {
        public ValidateOptionsResult Validate(string? name, SiloHostOptions options)
        {
            if (options.SiloPort is < 1 or > 65535) return ValidateOptionsResult.Fail($"{Section}:SiloPort: {options.SiloPort} is not a port.");
            if (options.GatewayPort is < 1 or > 65535) return ValidateOptionsResult.Fail($"{Section}:GatewayPort: {options.GatewayPort} is not a port.");
            if (options.AdvertisedIP is { } ip && !System.Net.IPAddress.TryParse(ip, out _))
                return ValidateOptionsResult.Fail($"{Section}:AdvertisedIP: '{ip}' is not an IP address.");
            if (string.IsNullOrWhiteSpace(options.ClusterId)) return ValidateOptionsResult.Fail($"{Section}:ClusterId: must not be empty.");
            if (string.IsNullOrWhiteSpace(options.ServiceId)) return ValidateOptionsResult.Fail($"{Section}:ServiceId: must not be empty.");
            return ValidateOptionsResult.Success;
        }
    }
}
