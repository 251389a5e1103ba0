using OptiBid.History.ApiKeys;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>API keys in PostgreSQL.</summary>
internal sealed class PostgresApiKeys(PostgresStore store) : IApiKeys
{
    private static readonly string Add = ApiKeySql.Add(SqlDialect.Postgres);
    private static readonly string Rotate = ApiKeySql.Rotate(SqlDialect.Postgres);
    private static readonly string Revoke = ApiKeySql.Revoke(SqlDialect.Postgres);
    private static readonly string NoteUse = ApiKeySql.NoteUse(SqlDialect.Postgres);

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default) =>
        await store.QueryAsync("list API keys", ApiKeySql.List, [], ApiKeySql.Read, cancellationToken).ToListAsync(cancellationToken);

    public async Task AddAsync(ApiKey key, CancellationToken cancellationToken = default)
    {
        if (!await ExecuteAsync("add an API key", Add, ApiKeySql.Values(key), cancellationToken)) throw new HistoryRejectedException($"There is an API key {key.Id} already.");
    }

    public Task<bool> RotateAsync(string id, ReadOnlyMemory<byte> hash, DateTimeOffset at, DateTimeOffset previousUntil, CancellationToken cancellationToken = default) =>
        ExecuteAsync("rotate an API key", Rotate,
            [("id", id), ("hash", Convert.ToHexStringLower(hash.Span)), ("now", Moment.Cut(at)), ("until", Moment.Cut(previousUntil))], cancellationToken);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ExecuteAsync("revoke an API key", Revoke, [("id", id), ("now", Moment.Cut(at))], cancellationToken);

    public async Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken = default)
    {
        foreach (var use in uses) _ = await ExecuteAsync("note the use of an API key", NoteUse, ApiKeySql.Values(use), cancellationToken);
    }

    private async Task<bool> ExecuteAsync(string attempt, string sql, (string Name, object Value)[] values, CancellationToken cancellationToken) =>
        await store.ExecuteAsync(attempt, sql, parameters =>
        {
            foreach (var (name, value) in values) _ = parameters.AddWithValue(name, value);
        }, cancellationToken) > 0;
}
