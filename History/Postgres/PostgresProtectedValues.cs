using Npgsql;
using NpgsqlTypes;
using OptiBid.History.ProtectedValues;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>Protected values in PostgreSQL. The row's lock decides which of two writers over one version comes first.</summary>
internal sealed class PostgresProtectedValues(PostgresStore store) : IProtectedValues
{
    private const string Find = "select name, payload, version, updated_at from protected_values where name = @name";

    private const string List =
        "select name, payload, version, updated_at from protected_values where starts_with(name, @prefix) order by name";

    private const string Put =
        """
        insert into protected_values (name, payload) values (@name, @payload)
        on conflict (name) do update set payload = excluded.payload, version = default, updated_at = now()
        returning version
        """;

    private const string Create =
        "insert into protected_values (name, payload) values (@name, @payload) on conflict (name) do nothing returning version";

    private const string Replace =
        """
        update protected_values set payload = @payload, version = default, updated_at = now()
        where name = @name and version = @expected
        returning version
        """;

    public async Task<ProtectedValue?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.Check(name);
        return await store.QueryAsync(
            "read a protected value", Find, parameters => parameters.AddWithValue("name", name), Row, cancellationToken).SingleOrDefaultAsync(cancellationToken);
    }

    public async Task<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.Check(name);
        var sql = expectedVersion switch { null => Put, 0 => Create, _ => Replace };
        var versions = await store.QueryAsync("write a protected value", sql, parameters =>
        {
            _ = parameters.AddWithValue("name", name);
            _ = parameters.AddWithValue("payload", NpgsqlDbType.Bytea, payload);
            if (expectedVersion is { } expected and not 0) _ = parameters.AddWithValue("expected", expected);
        }, row => row.GetInt64(0), cancellationToken).ToListAsync(cancellationToken);
        return versions is [var version] ? version : throw new ProtectedValueConflictException(name, expectedVersion ?? 0);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.Check(name);
        return await store.ExecuteAsync(
            "delete a protected value", "delete from protected_values where name = @name",
            parameters => parameters.AddWithValue("name", name), cancellationToken) > 0;
    }

    public async Task<IReadOnlyList<ProtectedValue>> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.CheckPrefix(prefix);
        return await store.QueryAsync(
            "list protected values", List, parameters => parameters.AddWithValue("prefix", prefix), Row, cancellationToken).ToListAsync(cancellationToken);
    }

    private static ProtectedValue Row(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2), TickRow.Utc(row, 3));
}
