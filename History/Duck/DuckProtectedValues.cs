using DuckDB.NET.Data;
using OptiBid.History.ProtectedValues;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>Protected values in the embedded file, whose one writer compares versions and writes in one transaction.</summary>
internal sealed class DuckProtectedValues(DuckStore store, TimeProvider clock) : IProtectedValues
{
    private const string Find = "select name, payload, version, updated_at from protected_values where name = $name";
    private const string List = "select name, payload, version, updated_at from protected_values where starts_with(name, $prefix) order by name";
    private const string NextVersion = "select nextval('protected_values_versions')";
    private const string Insert = "insert into protected_values values ($name, $payload, $version, $now)";
    private const string Update = "update protected_values set payload = $payload, version = $version, updated_at = $now where name = $name";

    public async Task<ProtectedValue?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        var rows = await store.ReadAsync("read a protected value", Find, [("name", ProtectedNames.Check(name))], Row, cancellationToken);
        return rows.SingleOrDefault();
    }

    public async Task<long> WriteAsync(
        string name, ReadOnlyMemory<byte> payload, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.Check(name);
        return await store.WriteAsync<long?>("write a protected value", writer =>
        {
            var stored = StoredVersion(writer, name);
            if (expectedVersion is { } expected && expected != (stored ?? 0)) return null;

            var version = writer.Count(NextVersion);
            _ = writer.Execute(stored is null ? Insert : Update,
                ("name", name), ("payload", payload.ToArray()), ("version", version), ("now", clock.GetUtcNow()));
            return version;
        }, cancellationToken) ?? throw new ProtectedValueConflictException(name, expectedVersion ?? 0);
    }

    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default)
    {
        _ = ProtectedNames.Check(name);
        return await store.WriteAsync(
            "delete a protected value", writer => writer.Execute("delete from protected_values where name = $name", ("name", name)), cancellationToken) > 0;
    }

    public async Task<IReadOnlyList<ProtectedValue>> ListAsync(string prefix, CancellationToken cancellationToken = default) =>
        await store.ReadAsync("list protected values", List, [("prefix", ProtectedNames.CheckPrefix(prefix))], Row, cancellationToken);

    private static long? StoredVersion(DuckDBConnection writer, string name)
    {
        using var command = writer.Command("select version from protected_values where name = $name", ("name", name));
        return (long?)command.ExecuteScalar();
    }

    private static ProtectedValue Row(DuckDBDataReader row) =>
        new(row.GetString(0), DuckBlob.Read(row, 1), row.GetInt64(2), TickRow.Utc(row, 3));
}
