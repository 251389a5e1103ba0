using DuckDB.NET.Data;

namespace OptiBid.History.Duck;

/// <summary>Grain state in the embedded file. No ETag is ever used twice, also not after a state was cleared.</summary>
internal sealed class DuckGrainStates(DuckStore store) : IGrainStateTable
{
    private const string Read = "select payload, etag from grain_state where grain_type = $type and grain_id = $id";
    private const string Update = "update grain_state set payload = $payload, etag = $next where grain_type = $type and grain_id = $id";
    private const string Insert = "insert into grain_state values ($type, $id, $payload, $next)";
    private const string Delete = "delete from grain_state where grain_type = $type and grain_id = $id";

    public async Task<GrainStateRow?> ReadAsync(string grainType, string grainId, CancellationToken cancellationToken = default)
    {
        var rows = await store.ReadAsync("read grain state", Read, [("type", grainType), ("id", grainId)],
            row => new GrainStateRow(DuckBlob.Read(row, 0), row.GetString(1)), cancellationToken);
        return rows.SingleOrDefault();
    }

    public Task<string?> WriteAsync(
        string grainType, string grainId, ReadOnlyMemory<byte> payload, string? etag, CancellationToken cancellationToken = default) =>
        store.WriteAsync("write grain state", writer =>
        {
            var stored = StoredTag(writer, grainType, grainId);
            if (stored != etag) return null;

            var next = Guid.NewGuid().ToString("N");
            _ = writer.Execute(stored is null ? Insert : Update, ("type", grainType), ("id", grainId), ("payload", payload.ToArray()), ("next", next));
            return next;
        }, cancellationToken);

    public Task<bool> ClearAsync(string grainType, string grainId, string? etag, CancellationToken cancellationToken = default) =>
        store.WriteAsync("clear grain state", writer =>
        {
            var stored = StoredTag(writer, grainType, grainId);
            if (stored is null) return true;
            if (stored != etag) return false;

            _ = writer.Execute(Delete, ("type", grainType), ("id", grainId));
            return true;
        }, cancellationToken);

    private static string? StoredTag(DuckDBConnection writer, string grainType, string grainId)
    {
        using var command = writer.Command("select etag from grain_state where grain_type = $type and grain_id = $id", ("type", grainType), ("id", grainId));
        return (string?)command.ExecuteScalar();
    }
}
