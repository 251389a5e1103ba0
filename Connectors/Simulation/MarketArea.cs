namespace OptiBid.Connectors.Simulation;

/// <summary>A part of a market's grid; every node lies in one.</summary>
/// <param name="Zone">Location id of the zone it belongs to, where that is listed.</param>
/// <param name="Hub">Location id of the hub its basis is taken against, where there is one.</param>
/// <param name="X">East position, hundreds of kilometres.</param>
/// <param name="Y">North position.</param>
/// <param name="Weight">Its share of the market's load.</param>
/// <param name="Loss">Marginal loss of serving it, as a share of energy.</param>
internal sealed record MarketArea(string? Zone, string? Hub, double X, double Y, double Weight, double Loss);
