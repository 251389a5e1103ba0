using DuckDB.NET.Data;

namespace OptiBid.History.Duck;

/// <summary>Commands with named parameters, and appenders to temporary tables.</summary>
internal static class DuckCommands
{
    public static DuckDBCommand Command(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) _ = command.Parameters.Add(new DuckDBParameter(name, value));
        return command;
    }

    public static int Execute(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first value of the first row, which must be a count.</summary>
    public static long Count(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static DuckDBAppender AppendTemporary(this DuckDBConnection connection, string table) =>
        connection.CreateAppender("temp", "main", table);
}
