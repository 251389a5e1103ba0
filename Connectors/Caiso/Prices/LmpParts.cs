namespace OptiBid.Connectors.Caiso.Prices;

/// <summary>The components of one node's price in one interval, $/MWh, as far as they have come; what has not is not a number.</summary>
internal struct LmpParts
{
    /// <summary>What rounding may add up to, $/MWh.</summary>
    private const double Cent = 0.01 + 1e-9;

    private double _price;
    private double _energy;
    private double _congestion;
    private double _loss;
    private double _greenhouse;
    private bool _isMet;

    /// <summary>Whether anything has come.</summary>
    public readonly bool IsMet => _isMet;

    /// <summary>Whether all that make up a price have come. The greenhouse component is published for some markets and days only.</summary>
    public readonly bool IsWhole => _isMet && !double.IsNaN(_price) && !double.IsNaN(_energy) && !double.IsNaN(_congestion) && !double.IsNaN(_loss);

    /// <summary>The price (<c>LMP</c>).</summary>
    public readonly double? Price => Known(_price);

    /// <summary>
    /// The energy component (<c>MCE</c>), and in it the greenhouse component (<c>MGHG</c>) where the price contains one: then
    /// energy, congestion and loss add up to the price. A greenhouse component that the price does without is left out.
    /// </summary>
    public readonly double? Energy =>
        Known(_energy) is not { } energy || Known(_greenhouse) is not { } greenhouse ? Known(_energy)
        : Math.Abs(energy + _congestion + _loss - _price) <= Cent ? energy
        : energy + greenhouse;

    /// <summary>The congestion component (<c>MCC</c>).</summary>
    public readonly double? Congestion => Known(_congestion);

    /// <summary>The loss component (<c>MCL</c>).</summary>
    public readonly double? Loss => Known(_loss);

    /// <summary>Takes a component in; false for one that is none of the above.</summary>
    public bool Take(string type, double value)
    {
        if (!_isMet) this = new() { _price = double.NaN, _energy = double.NaN, _congestion = double.NaN, _loss = double.NaN, _greenhouse = double.NaN };
        switch (type.ToUpperInvariant())
        {
            case "LMP": _price = value; break;
            case "MCE": _energy = value; break;
            case "MCC": _congestion = value; break;
            case "MCL": _loss = value; break;
            case "MGHG": _greenhouse = value; break;
            default: return false;
        }

        return _isMet = true;
    }

    private readonly double? Known(double part) => !_isMet || double.IsNaN(part) ? null : part;
}
