using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace OptiBid.History.Duck;

/// <summary>What the embedded database's error means for whoever called.</summary>
internal static class DuckErrors
{
    /// <summary>
    /// Data that the file can never take (a value out of range, of another type or against a constraint) is rejected;
    /// everything else, from a full disk to a want of memory, may pass.
    /// </summary>
    /// <param name="attempt">What was tried, such as "write 10000 ticks".</param>
    /// <param name="error">The driver's error.</param>
    public static Exception Translate(string attempt, DuckDBException error) =>
        error.ErrorType is DuckDBErrorType.OutOfRange or DuckDBErrorType.Conversion or DuckDBErrorType.Constraint
            ? new HistoryRejectedException($"DuckDB refused to {attempt}: {error.Message}", error)
            : new HistoryUnavailableException($"DuckDB did not {attempt}: {error.Message}", error);
}
