namespace OptiBid.Connectors.Pjm;

/// <summary>The numbers of the price feeds' columns.</summary>
internal static class PjmPriceColumn
{
    /// <summary>Start of the interval, UTC.</summary>
    public const int Start = 0;

    /// <summary>The pnode.</summary>
    public const int Pnode = 1;

    /// <summary>The price, $/MWh.</summary>
    public const int Total = 2;

    /// <summary>Congestion component, $/MWh.</summary>
    public const int Congestion = 3;

    /// <summary>Loss component, $/MWh.</summary>
    public const int Loss = 4;

    /// <summary>The pnode's name.</summary>
    public const int Name = 5;

    /// <summary>The pnode's type.</summary>
    public const int Type = 6;

    /// <summary>Energy component, $/MWh; the live feed has none.</summary>
    public const int Energy = 7;

    /// <summary>Whether the row is the newest version.</summary>
    public const int IsCurrent = 8;

    /// <summary>The version, from 1.</summary>
    public const int Version = 9;
}
