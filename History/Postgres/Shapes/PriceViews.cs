using Microsoft.Extensions.Logging;
using Npgsql;
using OptiBid.History.Hosting;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>
/// Keeps the views of prices in the form that the database and the options allow: continuous aggregates with TimescaleDB
/// Community, else plain views. A view that changes its form keeps the rights given on it. What cannot be done is said
/// in the log; nothing of the product reads these views.
/// </summary>
internal sealed partial class PriceViews(NpgsqlConnection connection, HistoryOptions options, ILogger log)
{
    private enum Form
    {
        None,
        Plain,
        Continuous,
    }

    /// <summary>Creates the views that are not there.</summary>
    public async Task CreateMissingAsync(PostgresShape shape, CancellationToken cancellationToken)
    {
        foreach (var view in PriceViewSql.Names)
        {
            if (await FormAsync(view, shape, cancellationToken) == Form.None) await CreateAsync(view, Form.None, Wanted(shape), cancellationToken);
        }
    }

    /// <summary>Gives each view the wanted form.</summary>
    public async Task ConvertAsync(PostgresShape shape, CancellationToken cancellationToken)
    {
        foreach (var view in PriceViewSql.Names)
        {
            var form = await FormAsync(view, shape, cancellationToken);
            if (form != Wanted(shape)) await CreateAsync(view, form, Wanted(shape), cancellationToken);
        }
    }

    private Form Wanted(PostgresShape shape) => shape.HasPolicies && options.ContinuousAggregates ? Form.Continuous : Form.Plain;

    private async Task<Form> FormAsync(string view, PostgresShape shape, CancellationToken cancellationToken)
    {
        await using var there = new NpgsqlCommand("select to_regclass(@view) is not null", connection);
        _ = there.Parameters.AddWithValue("view", view);
        if (!(bool)(await there.ExecuteScalarAsync(cancellationToken))!) return Form.None;
        if (shape.Timescale is null) return Form.Plain;

        await using var aggregate = new NpgsqlCommand(
            "select exists (select from timescaledb_information.continuous_aggregates where view_schema = current_schema() and view_name = @name)", connection);
        _ = aggregate.Parameters.AddWithValue("name", PriceViewSql.AggregatesOf(view)[0]);
        return (bool)(await aggregate.ExecuteScalarAsync(cancellationToken))! ? Form.Continuous : Form.Plain;
    }

    private async Task CreateAsync(string view, Form form, Form wanted, CancellationToken cancellationToken)
    {
        if (await TryCreateAsync(view, form, wanted, cancellationToken)) return;

        // A plain view is better than none.
        if (form == Form.None && wanted == Form.Continuous) _ = await TryCreateAsync(view, form, Form.Plain, cancellationToken);
    }

    private async Task<bool> TryCreateAsync(string view, Form form, Form wanted, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var given = new NpgsqlCommand("select relacl::text[] from pg_class where oid = to_regclass(@view)", connection);
            _ = given.Parameters.AddWithValue("view", view);
            var rights = await given.ExecuteScalarAsync(cancellationToken) as string[];
            var drop = form switch
            {
                Form.None => "",
                Form.Continuous when view != PriceViewSql.Day => $"drop materialized view {view};",
                Form.Continuous => $"drop view {view};" + string.Concat(PriceViewSql.AggregatesOf(view).Select(name => $"drop materialized view {name};")),
                _ => $"drop view {view};",
            };
            await using var create = new NpgsqlCommand(drop + (wanted == Form.Continuous ? PriceViewSql.Continuous(view) : PriceViewSql.Plain(view)), connection);
            _ = await create.ExecuteNonQueryAsync(cancellationToken);
            if (rights is not null)
            {
                await using var grant = new NpgsqlCommand("select grant_rights(@view::regclass, @rights::aclitem[])", connection);
                _ = grant.Parameters.AddWithValue("view", view);
                _ = grant.Parameters.AddWithValue("rights", rights);
                _ = await grant.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            LogCreated(view, wanted == Form.Continuous ? "a continuous aggregate" : "a plain view");
            return true;
        }
        catch (PostgresException error)
        {
            LogNotCreated(view, wanted == Form.Continuous ? "a continuous aggregate" : "a plain view", PostgresErrors.Reason(error));
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{View} is {Form}.")]
    private partial void LogCreated(string view, string form);

    [LoggerMessage(LogLevel.Warning, "{View} cannot be made {Form} ({Reason}).")]
    private partial void LogNotCreated(string view, string form, string reason);
}
