using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Faults;

/// <summary>A fault as it is asked for over HTTP, snake_case, or with <c>--fault</c>.</summary>
internal sealed record FaultRequest
{
    /// <summary>What goes wrong.</summary>
    public FaultKind? Fault { get; init; }

    /// <summary>The market; all where left out.</summary>
    public MarketZone? Zone { get; init; }

    /// <summary>The feed; all where left out.</summary>
    public string? Feed { get; init; }

    /// <summary>Kind of host, <c>files</c> or <c>api</c>; both where left out.</summary>
    public string? Host { get; init; }

    /// <summary>How long it lasts, seconds; until it is taken back where left out.</summary>
    public double? Seconds { get; init; }

    /// <summary>Share of the calls, or of the intervals, that it strikes, 0 to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary><c>Retry-After</c> of the fault, seconds.</summary>
    [JsonPropertyName("retry_after")]
    public int? RetryAfter { get; init; }

    /// <summary>Seconds a <c>slow</c> answer waits (5), <c>late</c> rows are held back (300), a correction takes to come (30).</summary>
    public double? Delay { get; init; }

    /// <summary>
    /// How far before its start <c>corrected</c> reaches back, seconds: an hour for intervals under an hour, four days for the others.
    /// </summary>
    public double? Reach { get; init; }

    /// <summary>What is wrong with it, in one line; null when nothing is.</summary>
    public string? Problem() => this switch
    {
        { Fault: null } => "fault: is missing; one of " + string.Join(", ", FaultNames.All),
        { Zone: { } zone } when !ServeZones.All.Contains(zone) => $"zone: {zone} is not served; one of {string.Join(", ", ServeZones.All)}",
        { Host: not (null or Market.HostKind.Api or Market.HostKind.Files) } => $"host: \"{Host}\" is not one of api, files",
        { Share: not (> 0 and <= 1) } => $"share: {Share} is not above 0 and at most 1",
        { Seconds: not (null or > 0 and <= 31_536_000) } => $"seconds: {Seconds} is not above 0 and at most a year",
        { Delay: not (null or >= 0 and <= 2_678_400) } => $"delay: {Delay} is not between 0 and 31 days",
        { Reach: not (null or >= 0 and <= 31_536_000) } => $"reach: {Reach} is not between 0 and a year",
        { RetryAfter: not (null or >= 0 and <= 86_400) } => $"retry_after: {RetryAfter} is not between 0 and a day",
        { Fault: FaultKind.TruncatedZip, Zone: MarketZone.PJM } => "fault: PJM serves no zips; truncated-body breaks its answers off",
        _ => null,
    };
}
