namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A path that limits what can flow over it. Places before it (against its direction) can serve less when it binds and
/// are cheaper; places behind it are dearer. Positions in hundreds of kilometres east and north of the market's middle.
/// </summary>
/// <param name="Name">What it is known as.</param>
/// <param name="X">East position of its middle.</param>
/// <param name="Y">North position of its middle.</param>
/// <param name="East">East part of the direction in which it binds.</param>
/// <param name="North">North part of it.</param>
/// <param name="Reach">How far from it half of its effect is left.</param>
/// <param name="Scale">Shadow price when its flow would be a standard deviation beyond the limit, $/MWh.</param>
/// <param name="Limit">The limit, in standard deviations of the flow above its mean.</param>
/// <param name="Load">How the flow follows load.</param>
/// <param name="Wind">How it follows wind.</param>
/// <param name="Sun">How it follows the sun.</param>
internal sealed record TransmissionConstraint(
    string Name, double X, double Y, double East, double North, double Reach, double Scale, double Limit, double Load = 0, double Wind = 0, double Sun = 0)
{
    /// <summary>
    /// Share of a megawatt injected at a position, and taken out on the other side, that flows over the path: positive
    /// before it, negative behind it, less the further away.
    /// </summary>
    public double Shift(double x, double y)
    {
        double dx = x - X, dy = y - Y;
        var length = Math.Sqrt(East * East + North * North);
        var along = (dx * East + dy * North) / length;
        var across = (dx * North - dy * East) / length;
        var side = along / Math.Sqrt(along * along + 0.16);
        return -0.5 * side / (1 + (along * along * 0.5 + across * across) / (Reach * Reach));
    }

    /// <summary>Flow it is asked for, in standard deviations, from load, wind and sun.</summary>
    /// <param name="load">Load, of the usual one.</param>
    /// <param name="wind">Wind output, share of capacity.</param>
    /// <param name="sun">Solar output, share of capacity.</param>
    public double Flow(double load, double wind, double sun) => Load * (load - 1) / 0.2 + Wind * (wind - 0.33) / 0.22 + Sun * (sun - 0.3) / 0.35;

    /// <summary>Shadow price of a flow, $/MWh: dearer the dearer the means needed.</summary>
    public double ShadowPrice(double flow)
    {
        var beyond = Math.Clamp(flow - Limit, 0, 4);
        return Scale * beyond * (1 + beyond / 2);
    }
}
