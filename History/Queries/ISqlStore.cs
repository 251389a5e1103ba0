using System.Data.Common;
using OptiBid.History.Hosting;

namespace OptiBid.History.Queries;

/// <summary>What a query that is put together the same way for both stores needs of a store.</summary>
internal interface ISqlStore
{
    SqlDialect Dialect { get; }

    HistoryOptions Options { get; }

    /// <summary>The rows of a statement. Ends it in the store when cancelled. The embedded store holds them all; ask it for few.</summary>
    /// <param name="attempt">What is tried, such as "read prices".</param>
    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its parameters by bare name.</param>
    /// <param name="map">Reads a row.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    IAsyncEnumerable<T> QueryAsync<T>(
        string attempt, string sql, IReadOnlyList<(string Name, object Value)> parameters, Func<DbDataReader, T> map, CancellationToken cancellationToken);
}
