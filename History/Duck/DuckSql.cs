using System.Data.Common;
using System.Runtime.CompilerServices;
using OptiBid.History.Hosting;
using OptiBid.History.Queries;

namespace OptiBid.History.Duck;

/// <summary>The embedded file for queries that are put together the same way for both stores.</summary>
internal sealed class DuckSql(DuckStore store) : ISqlStore
{
    public SqlDialect Dialect => SqlDialect.Duck;

    public HistoryOptions Options => store.Options;

    public async IAsyncEnumerable<T> QueryAsync<T>(
        string attempt, string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> map,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var row in await store.ReadAsync(attempt, sql, parameters, map, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return row;
        }
    }
}
