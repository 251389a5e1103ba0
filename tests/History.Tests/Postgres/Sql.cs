using Npgsql;

namespace OptiBid.History.Tests.Postgres;

/// <summary>Statements on a test's database.</summary>
internal static class Sql
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task ExecuteAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        _ = await command.ExecuteNonQueryAsync(Cancel);
    }

    /// <summary>The first column, as text.</summary>
    public static async Task<List<string>> ColumnAsync(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var values = new List<string>();
        while (await reader.ReadAsync(Cancel)) values.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return values;
    }
}
