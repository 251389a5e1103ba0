using System.Globalization;

namespace OptiBid.Connectors.Pjm;

/// <summary>What is asked of a feed of Data Miner 2.</summary>
/// <param name="Feed">Its name in the address.</param>
/// <param name="Columns">The columns that are looked at.</param>
internal sealed record PjmQuery(string Feed, IReadOnlyList<PjmColumn> Columns)
{
    /// <summary>The names of the columns asked for: those that the feed is known to have.</summary>
    public IEnumerable<string> Fields { get; init; } = Columns.Select(column => column.Name);

    /// <summary>The column the rows are to be sorted by, upwards; null for the market's own order.</summary>
    public string? Sort { get; init; }

    /// <summary>Columns and what they shall hold; a null leaves the column out.</summary>
    public (string Column, string? Value)[] Filters { get; init; } = [];

    /// <summary>A range of time as a filter has it: both ends included, to the minute, UTC.</summary>
    public static string Times(DateTimeOffset first, DateTimeOffset last) => $"{Text(first)}to{Text(last)}";

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("MM/dd/yyyy HH:mm", CultureInfo.InvariantCulture);
}
