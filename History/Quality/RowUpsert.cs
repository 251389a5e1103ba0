using OptiBid.History.Queries;

namespace OptiBid.History.Quality;

/// <summary>One row to be written: a statement and its values by bare name; null for none.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Values">Its values.</param>
internal readonly record struct RowStatement(string Sql, IReadOnlyList<(string Name, object? Value)> Values);

/// <summary>Statements that write a row or replace the one of its key, in the dialect of a store.</summary>
internal static class RowUpsert
{
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns, each also the name of its value.</param>
    /// <param name="key">The columns of its key.</param>
    /// <param name="dialect">How a parameter is written.</param>
    /// <param name="replace">What is done to the row that is there; null to give it the new values.</param>
    public static string Sql(string table, IReadOnlyList<string> columns, IReadOnlyList<string> key, SqlDialect dialect, Func<string, string>? replace = null)
    {
        replace ??= static column => $"\"{column}\" = excluded.\"{column}\"";
        return $"""
            insert into {table} ({string.Join(", ", columns.Select(column => $"\"{column}\""))})
            values ({string.Join(", ", columns.Select(dialect.Parameter))})
            on conflict ({string.Join(", ", key.Select(column => $"\"{column}\""))}) do update set {string.Join(", ", columns.Except(key).Select(replace))}
            """;
    }
}
