using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Simulation;

/// <summary>The grid of one market: its listed places, its areas, and the constraints between them.</summary>
/// <param name="Listed">Hubs, zones and what else the market lists first.</param>
/// <param name="Areas">Its parts.</param>
/// <param name="Constraints">The paths that bind.</param>
/// <param name="Averages">Listed places that are averages of other areas than their own: a test of each area.</param>
internal sealed record MarketNetwork(
    (string Id, string Name, LocationType Type)[] Listed,
    MarketArea[] Areas,
    TransmissionConstraint[] Constraints,
    IReadOnlyDictionary<string, Func<MarketArea, bool>>? Averages = null)
{
    /// <summary>Nodes of an area that a hub or a zone is the average of.</summary>
    private const int BasketNodes = 12;

    /// <summary>The zone's network.</summary>
    public static MarketNetwork Of(MarketZone zone) => zone switch
    {
        MarketZone.PJM => PjmNetwork.Network,
        MarketZone.CAISO => CaisoNetwork.Network,
        MarketZone.ERCOT => ErcotNetwork.Network,
        MarketZone.NYISO => NyisoNetwork.Network,
        _ => throw new ArgumentOutOfRangeException(nameof(zone), zone, "There is no simulated market for this zone"),
    };

    /// <summary>The area of a node: they go round.</summary>
    public MarketArea AreaOf(int node) => Areas[node % Areas.Length];

    /// <summary>Shift factors and loss factor of a node, seen from the load as a whole.</summary>
    public Sensitivity Node(ulong seed, int node)
    {
        var area = AreaOf(node);
        var key = Noise.Key(seed, 500 + (ulong)node);
        double x = area.X + 0.55 * Noise.Normal(key, 1) * 0.6, y = area.Y + 0.55 * Noise.Normal(key, 2) * 0.6;
        return new Sensitivity(
            [.. Constraints.Select((constraint, k) => constraint.Shift(x, y) * (1 + 0.12 * Noise.Normal(key, 10 + k)) - Reference(constraint))],
            area.Loss + 0.012 * Noise.Normal(key, 3) - Areas.Sum(other => other.Weight * other.Loss) / Areas.Sum(other => other.Weight));
    }

    /// <summary>Those of a listed place: the average of nodes of its areas. A place without areas is the reference itself.</summary>
    public Sensitivity Place(ulong seed, string id)
    {
        var areas = Averages?.GetValueOrDefault(id) is { } test ? Areas.Where(test).ToArray() : [.. Areas.Where(area => area.Zone == id || area.Hub == id)];
        var nodes = areas.SelectMany(area => Enumerable.Range(0, BasketNodes).Select(i => Node(seed, Array.IndexOf(Areas, area) + i * Areas.Length))).ToArray();
        return nodes.Length == 0
            ? new Sensitivity(new double[Constraints.Length], 0)
            : new Sensitivity([.. Constraints.Select((_, k) => nodes.Average(node => node.Shift[k]))], nodes.Average(node => node.Loss));
    }

    private double Reference(TransmissionConstraint constraint) =>
        Areas.Sum(area => area.Weight * constraint.Shift(area.X, area.Y)) / Areas.Sum(area => area.Weight);

    /// <summary>What moves a place's price apart from energy.</summary>
    /// <param name="Shift">Shift factor for each constraint.</param>
    /// <param name="Loss">Loss as a share of energy.</param>
    internal readonly record struct Sensitivity(double[] Shift, double Loss);
}
