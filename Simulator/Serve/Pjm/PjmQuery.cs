using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>The parameters of a call to Data Miner 2; names in any case.</summary>
internal sealed record PjmQuery
{
    /// <summary>Most rows of a page.</summary>
    public const int MostRows = 50_000;

    private static readonly HashSet<string> General = new(StringComparer.OrdinalIgnoreCase)
    {
        "rowCount", "startRow", "sort", "order", "fields", "isActiveMetadata", "download", "format", "subscription-key",
    };

    /// <summary>First row, from 1.</summary>
    public required int StartRow { get; init; }

    /// <summary>Rows of a page.</summary>
    public required int RowCount { get; init; }

    /// <summary>Column to sort by; null for the feed's own order.</summary>
    public string? Sort { get; init; }

    /// <summary>Whether it is sorted downwards.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Columns asked for; null for all.</summary>
    public IReadOnlyList<string>? Fields { get; init; }

    /// <summary>Whether CSV is asked for.</summary>
    public bool IsCsv { get; init; }

    /// <summary>Whether the bare rows are asked for.</summary>
    public bool IsDownload { get; init; }

    /// <summary>The other parameters: columns and what they shall hold.</summary>
    public required IReadOnlyDictionary<string, string> Filters { get; init; }

    /// <summary>Reads the parameters for a feed.</summary>
    /// <exception cref="PjmError">A parameter is wrong.</exception>
    public static PjmQuery Read(IQueryCollection query, IReadOnlyList<string> columns)
    {
        string? Text(string name) => query.TryGetValue(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value.ToString().Trim() : null;
        int Number(string name, int usual, int most)
        {
            if (Text(name) is not { } text) return usual;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
                ? number
                : throw new PjmError(name, $"{name} must be a number from 1 to {most}.");
        }

        string Column(string field, string name) => columns.FirstOrDefault(column => column.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new PjmError(field, $"Invalid field name: {name}.", name);

        var fields = Text("fields")?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(name => Column("Fields", name)).ToArray();
        return new PjmQuery
        {
            StartRow = Number("startRow", 1, int.MaxValue),
            RowCount = Number("rowCount", MostRows, MostRows),
            Sort = Text("sort") is { } sort ? Column("Sort", sort) : null,
            IsDescending = "Desc".Equals(Text("order"), StringComparison.OrdinalIgnoreCase),
            Fields = fields,
            IsCsv = "csv".Equals(Text("format"), StringComparison.OrdinalIgnoreCase),
            IsDownload = "true".Equals(Text("download"), StringComparison.OrdinalIgnoreCase),
            Filters = query.Where(pair => !General.Contains(pair.Key) && !string.IsNullOrWhiteSpace(pair.Value))
                .ToDictionary(pair => Column("Filters", pair.Key), pair => pair.Value.ToString().Trim(), StringComparer.Ordinal),
        };
    }

    /// <summary>Whether a value passes the filter of a column: any of the values joined by semicolons, in any case.</summary>
    public bool Passes(string column, string value) =>
        !Filters.TryGetValue(column, out var wanted)
        || wanted.Split(';', StringSplitOptions.TrimEntries).Any(one => value.Equals(one, StringComparison.OrdinalIgnoreCase));
}
