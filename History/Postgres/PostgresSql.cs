using System.Data.Common;
using OptiBid.History.Hosting;
using OptiBid.History.Queries;

namespace OptiBid.History.Postgres;

/// <summary>PostgreSQL for queries that are put together the same way for both stores.</summary>
internal sealed class PostgresSql(PostgresStore store) : ISqlStore
{
    public SqlDialect Dialect => SqlDialect.Postgres;

    public HistoryOptions Options => store.Options;

    public IAsyncEnumerable<T> QueryAsync<T>(
        string attempt, string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken) =>
        store.QueryForUsersAsync(attempt, sql, parameters, map, cancellationToken);
}
