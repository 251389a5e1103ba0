using OptiBid.Grains.Interfaces;
using OptiBid.Simulator.Serve.Faults;

namespace OptiBid.Simulator.Serve.Control;

/// <summary>A fault as the control interface shows it.</summary>
internal sealed record FaultView(
    int Id, FaultKind Fault, MarketZone? Zone, string? Feed, string? Host, double Share, double Delay, int? RetryAfter, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>Shows a fault.</summary>
    public static FaultView Of(Fault fault) => new(
        fault.Id, fault.Kind, fault.Request.Zone, fault.Request.Feed, fault.Request.Host, fault.Request.Share, fault.Delay.TotalSeconds, fault.Request.RetryAfter, fault.From,
        fault.End == DateTimeOffset.MaxValue ? null : fault.End);
}
