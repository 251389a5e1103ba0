using OptiBid.History.ApiKeys;
using OptiBid.History.Batches;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>API keys in the embedded file.</summary>
internal sealed class DuckApiKeys(DuckStore store) : IApiKeys
{
    private static readonly string Add = ApiKeySql.Add(SqlDialect.Duck);
    private static readonly string Rotate = ApiKeySql.Rotate(SqlDialect.Duck);
    private static readonly string Revoke = ApiKeySql.Revoke(SqlDialect.Duck);
    private static readonly string NoteUse = ApiKeySql.NoteUse(SqlDialect.Duck);

    public async Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken = default) =>
        await store.ReadAsync("list API keys", ApiKeySql.List, [], ApiKeySql.Read, cancellationToken);

    public async Task AddAsync(ApiKey key, CancellationToken cancellationToken = default)
    {
        if (!await ExecuteAsync("add an API key", Add, ApiKeySql.Values(key), cancellationToken)) throw new HistoryRejectedException($"There is an API key {key.Id} already.");
    }

    public Task<bool> RotateAsync(string id, ReadOnlyMemory<byte> hash, DateTimeOffset at, DateTimeOffset previousUntil, CancellationToken cancellationToken = default) =>
        ExecuteAsync("rotate an API key", Rotate,
            [("id", id), ("hash", Convert.ToHexStringLower(hash.Span)), ("now", Moment.Cut(at)), ("until", Moment.Cut(previousUntil))], cancellationToken);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ExecuteAsync("revoke an API key", Revoke, [("id", id), ("now", Moment.Cut(at))], cancellationToken);

    public Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken = default) =>
        store.WriteAsync("note the use of API keys", writer => uses.Sum(use => writer.Execute(NoteUse, ApiKeySql.Values(use))), cancellationToken);

    private async Task<bool> ExecuteAsync(string attempt, string sql, (string Name, object Value)[] values, CancellationToken cancellationToken) =>
        await store.WriteAsync(attempt, writer => writer.Execute(sql, values), cancellationToken) > 0;
}
