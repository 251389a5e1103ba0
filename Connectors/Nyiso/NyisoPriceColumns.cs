using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Nyiso;

/// <summary>The columns of a price file; older files write the units otherwise, or break them off.</summary>
internal sealed class NyisoPriceColumns(CsvTable csv)
{
    public int Time { get; } = csv.Column("Time Stamp", "Timestamp");

    public int Name { get; } = csv.Column("Name");

    public int Ptid { get; } = csv.Column("PTID");

    public int Price { get; } = csv.Column("LBMP ($/MWHr)", "LBMP ($/MWH)", "LBMP");

    public int Loss { get; } = csv.Column(
        "Marginal Cost Losses ($/MWHr)", "Marginal Cost Losses ($/MWH)", "Marginal Cost Losses ($/MWH", "Marginal Cost Losses");

    public int Congestion { get; } = csv.Column(
        "Marginal Cost Congestion ($/MWHr)", "Marginal Cost Congestion ($/MWH)", "Marginal Cost Congestion ($/MWH", "Marginal Cost Congestion");
}
