namespace OptiBid.History.Hosting;

/// <summary>How much time a partition of the price table holds, where TimescaleDB does not divide it.</summary>
public enum PartitionUnit
{
    /// <summary>A calendar month (UTC).</summary>
    Month,

    /// <summary>A day (UTC).</summary>
    Day,
}
