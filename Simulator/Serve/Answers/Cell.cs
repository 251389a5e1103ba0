using System.Globalization;

namespace OptiBid.Simulator.Serve.Answers;

/// <summary>A cell of a table.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Text">The text or number, or <c>true</c> or <c>false</c>.</param>
/// <param name="Time">The time, without a zone.</param>
internal readonly record struct Cell(CellKind Kind, string Text, DateTime Time = default)
{
    /// <summary>Nothing.</summary>
    public static Cell Null { get; } = new(CellKind.Null, "");

    /// <summary>Text.</summary>
    public static Cell Of(string text) => new(CellKind.Text, text);

    /// <summary>Text in quotation marks.</summary>
    public static Cell Quoted(string text) => new(CellKind.Quoted, text);

    /// <summary>A number with a fixed number of decimals, or with as many as it needs.</summary>
    public static Cell Number(double value, string format) => new(CellKind.Number, (value + 0.0).ToString(format, CultureInfo.InvariantCulture));

    /// <summary>A whole number.</summary>
    public static Cell Number(long value) => new(CellKind.Number, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number already written.</summary>
    public static Cell Number(string digits) => new(CellKind.Number, digits);

    /// <summary>True or false.</summary>
    public static Cell Flag(bool value) => new(CellKind.Flag, value ? "true" : "false");

    /// <summary>A time.</summary>
    public static Cell At(DateTime time) => new(CellKind.Time, "", time);
}
