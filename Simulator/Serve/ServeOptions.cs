using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Answers;
using OptiBid.Simulator.Serve.Faults;

namespace OptiBid.Simulator.Serve;

/// <summary>What <c>serve</c> shall serve, and how strictly.</summary>
internal sealed record ServeOptions
{
    /// <summary>TCP port on loopback; 0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>Markets.</summary>
    public IReadOnlyList<MarketZone> Zones { get; init; } = ServeZones.All;

    /// <summary>Places of each market.</summary>
    public int Locations { get; init; } = 40;

    /// <summary>Same seed, same prices.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder of recorded payloads served in place of simulated ones.</summary>
    public string? Recordings { get; init; }

    /// <summary>Subscription key PJM asks for; null for none.</summary>
    public string? PjmKey { get; init; }

    /// <summary>Subscription key ERCOT's public API asks for, along with a token; null for neither.</summary>
    public string? ErcotKey { get; init; }

    /// <summary>How long an ERCOT token is good for.</summary>
    public TimeSpan TokenLife { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether the markets' limits on calls are enforced.</summary>
    public bool EnforceLimits { get; init; }

    /// <summary>Further limits that are enforced, in place of a market's own.</summary>
    public IReadOnlyList<CallLimit> Limits { get; init; } = [];

    /// <summary>Faults in force from the start.</summary>
    public IReadOnlyList<FaultRequest> Faults { get; init; } = [];

    /// <summary>File that each call is appended to, as NDJSON.</summary>
    public string? AccessLog { get; init; }
}
