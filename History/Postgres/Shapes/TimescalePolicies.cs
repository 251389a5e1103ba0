using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using OptiBid.History.Hosting;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>
/// What TimescaleDB Community does by itself in the background, as the options say: compress, drop, and compute the
/// views. A policy that says something else is replaced. The names are those that every version 2 understands; since 2.18
/// the manual calls compression the columnstore.
/// </summary>
internal sealed partial class TimescalePolicies(NpgsqlConnection connection, HistoryOptions options, ILogger log)
{
    private const string Prices = "market_data";

    private const string Compress =
        """
        alter table market_data set (
            timescaledb.compress, timescaledb.compress_segmentby = 'market_zone, location, price_type', timescaledb.compress_orderby = 'timestamp')
        """;

    // A refresh sees what has been dropped as gone, and must not reach there: it would empty the view too. What it leaves
    // untouched before that is a chunk and the longest bucket.
    private static readonly TimeSpan BeforeRetention = TimeSpan.FromDays(2);

    // Buckets that may still grow are computed when they are read.
    private static readonly (string View, TimeSpan Open, TimeSpan Every)[] Refreshes =
    [
        (PriceViewSql.FiveMinutes, TimeSpan.FromHours(1), TimeSpan.FromMinutes(30)),
        (PriceViewSql.Hour, TimeSpan.FromHours(3), TimeSpan.FromHours(1)),
        (PriceViewSql.Day, TimeSpan.FromDays(2), TimeSpan.FromHours(6)),
    ];

    /// <summary>Brings the policies into line with the options; does nothing but on TimescaleDB Community.</summary>
    public async Task ApplyAsync(PostgresShape shape, CancellationToken cancellationToken)
    {
        if (!shape.HasPolicies) return;

        await TryAsync("compression of prices", () => CompressAsync(cancellationToken));
        foreach (var (view, open, every) in Refreshes)
        {
            foreach (var aggregate in PriceViewSql.AggregatesOf(view))
            {
                await TryAsync($"refreshing {aggregate}", () => RefreshAsync(aggregate, open, every, cancellationToken));
            }
        }

        // Last, when no refresh reaches as far any more.
        await TryAsync("retention of prices", () => RetainAsync(cancellationToken));
    }

    private async Task CompressAsync(CancellationToken cancellationToken)
    {
        TimeSpan? wanted = options.CompressAfter > TimeSpan.Zero ? options.CompressAfter : null;
        if (wanted is not null && !await IsTrueAsync(
            "select compression_enabled from timescaledb_information.hypertables where hypertable_schema = current_schema() and hypertable_name = @name", Prices, cancellationToken))
        {
            await RunAsync(Compress, cancellationToken);
        }

        await ReplaceAsync("policy_compression", "compress_after", wanted, "remove_compression_policy", "add_compression_policy(@table::regclass, compress_after => @age)", cancellationToken);
    }

    private Task RetainAsync(CancellationToken cancellationToken) =>
        ReplaceAsync("policy_retention", "drop_after", options.Retention.Prices, "remove_retention_policy", "add_retention_policy(@table::regclass, drop_after => @age)", cancellationToken);

    private async Task ReplaceAsync(string policy, string setting, TimeSpan? wanted, string remove, string add, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (count, isWanted) = await LookAsync(
            """
            select count(*), coalesce(bool_and((config ->> @setting)::interval is not distinct from @age), true)
            from timescaledb_information.jobs
            where proc_name = @policy and hypertable_schema = current_schema() and hypertable_name = @table
            """, cancellationToken, Text("setting", setting), Text("policy", policy), Text("table", Prices), Age("age", wanted));
        if (count == (wanted is null ? 0 : 1) && isWanted) return;

        if (count > 0) await RunAsync($"select {remove}(@table::regclass)", cancellationToken, Text("table", Prices));
        if (wanted is not null) await RunAsync($"select {add}", cancellationToken, Text("table", Prices), Age("age", wanted));
        await transaction.CommitAsync(cancellationToken);
        LogPolicy(policy, Prices, wanted?.ToString() ?? "none");
    }

    private async Task RefreshAsync(string aggregate, TimeSpan open, TimeSpan every, CancellationToken cancellationToken)
    {
        if (!await IsTrueAsync(
            "select exists (select from timescaledb_information.continuous_aggregates where view_schema = current_schema() and view_name = @name)", aggregate, cancellationToken)) return;

        var reach = options.Retention.Prices - BeforeRetention;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var (count, isWanted) = await LookAsync(
            """
            select count(*), coalesce(bool_and((config ->> 'start_offset')::interval is not distinct from @reach and (config ->> 'end_offset')::interval = @open
                and schedule_interval = @every), true)
            from timescaledb_information.jobs j
            join _timescaledb_catalog.continuous_agg a on a.mat_hypertable_id = (j.config ->> 'mat_hypertable_id')::integer
            where j.proc_name = 'policy_refresh_continuous_aggregate' and a.user_view_schema = current_schema() and a.user_view_name = @aggregate
            """, cancellationToken, [Text("aggregate", aggregate), .. Ages()]);
        if (count == 1 && isWanted) return;

        if (count > 0) await RunAsync("select remove_continuous_aggregate_policy(@aggregate::regclass)", cancellationToken, Text("aggregate", aggregate));
        await RunAsync(
            "select add_continuous_aggregate_policy(@aggregate::regclass, start_offset => @reach, end_offset => @open, schedule_interval => @every)",
            cancellationToken, [Text("aggregate", aggregate), .. Ages()]);
        await transaction.CommitAsync(cancellationToken);
        LogPolicy("policy_refresh_continuous_aggregate", aggregate, reach?.ToString() ?? "all");

        NpgsqlParameter[] Ages() => [Age("reach", reach), Age("open", open), Age("every", every)];
    }

    private async Task TryAsync(string what, Func<Task> apply)
    {
        try
        {
            await apply();
        }
        catch (PostgresException error)
        {
            LogNotApplied(what, PostgresErrors.Reason(error));
        }
    }

    private async Task<bool> IsTrueAsync(string question, string name, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        _ = command.Parameters.Add(Text("name", name));
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<(long Count, bool IsWanted)> LookAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        _ = await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetBoolean(1));
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Text(string name, string value) => new(name, NpgsqlDbType.Text) { Value = value };

    private static NpgsqlParameter Age(string name, TimeSpan? age) => new(name, NpgsqlDbType.Interval) { Value = age ?? (object)DBNull.Value };

    [LoggerMessage(LogLevel.Information, "TimescaleDB: {Policy} of {Table} is {Setting}.")]
    private partial void LogPolicy(string policy, string table, string setting);

    [LoggerMessage(LogLevel.Warning, "TimescaleDB does not take over {What} ({Reason}).")]
    private partial void LogNotApplied(string what, string reason);
}
