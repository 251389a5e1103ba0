using Npgsql;

namespace OptiBid.History.Postgres.Shapes;

/// <summary>What the database is, as found in it: which server, which TimescaleDB, and how the prices lie there.</summary>
internal sealed record PostgresShape
{
    // Since 2.11 rows in compressed chunks can be updated; before, a correction of an old price would be refused.
    private static readonly Version FirstThatUpdatesCompressed = new(2, 11);

    private const string DecompressionLimit = "timescaledb.max_tuples_decompressed_per_dml_transaction";

    /// <summary>The server's version, such as <c>15.6</c>.</summary>
    public required string Server { get; init; }

    /// <summary>TimescaleDB's version, or null where it is not.</summary>
    public string? Timescale { get; init; }

    /// <summary>True where TimescaleDB's licence allows compression, continuous aggregates and policies.</summary>
    public bool IsCommunity { get; init; }

    /// <summary>True where prices are in a hypertable.</summary>
    public bool IsHypertable { get; init; }

    /// <summary>True where prices are partitioned by PostgreSQL itself.</summary>
    public bool IsPartitioned { get; init; }

    /// <summary>True where partitions to come are days.</summary>
    public bool IsByDay { get; init; }

    /// <summary>Age at which prices are compressed, in PostgreSQL's words, or null where they are not.</summary>
    public string? CompressedAfter { get; init; }

    /// <summary>True where a statement may decompress only so many rows unless told otherwise.</summary>
    public bool LimitsDecompression { get; init; }

    /// <summary>True where what only TimescaleDB's Community licence has may be asked for.</summary>
    public bool HasPolicies => IsHypertable && IsCommunity && Version.TryParse(Timescale?.Split('-')[0], out var version) && version >= FirstThatUpdatesCompressed;

    public override string ToString() =>
        $"PostgreSQL {Server}, {(Timescale is null ? "no TimescaleDB" : $"TimescaleDB {Timescale} ({(IsCommunity ? "Community" : "Apache")})")}"
        + (IsPartitioned ? $", partitions by {(IsByDay ? "day" : "month")}"
            : !IsHypertable ? ", a plain table"
            : CompressedAfter is { } age ? $", compressed after {age}"
            : IsCommunity ? ", not compressed"
            : "");

    public static async Task<PostgresShape> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var shape = await ReadPlainAsync(connection, cancellationToken);
        return shape.Timescale is null ? shape : await ReadTimescaleAsync(connection, shape, cancellationToken);
    }

    /// <summary>Lets the open transaction decompress what a batch needs, where <see cref="LimitsDecompression"/>.</summary>
    public static async Task LiftDecompressionLimitAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"set local {DecompressionLimit} = 0", connection);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<PostgresShape> ReadPlainAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select split_part(current_setting('server_version'), ' ', 1),
                (select extversion from pg_extension where extname = 'timescaledb'),
                coalesce((select relkind = 'p' from pg_class where oid = to_regclass('market_data')), false)
                    and to_regproc('keep_partition') is not null
            """, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        _ = await reader.ReadAsync(cancellationToken);
        var shape = new PostgresShape
        {
            Server = reader.GetString(0),
            Timescale = reader.IsDBNull(1) ? null : reader.GetString(1),
            IsPartitioned = reader.GetBoolean(2),
        };
        await reader.DisposeAsync();
        return shape with { IsByDay = shape.IsPartitioned && await AsksAsync(
            connection, "select exists (select from price_partitions('market_data') p where p.beyond > now() and p.beyond <= p.first + interval '1 day')", cancellationToken) };
    }

    // First its own view, for that loads the library, and the library brings the settings.
    private static async Task<PostgresShape> ReadTimescaleAsync(NpgsqlConnection connection, PostgresShape shape, CancellationToken cancellationToken)
    {
        shape = shape with
        {
            IsHypertable = await AsksAsync(connection,
                "select exists (select from timescaledb_information.hypertables where hypertable_schema = current_schema() and hypertable_name = 'market_data')", cancellationToken),
        };
        shape = shape with
        {
            IsCommunity = await AsksAsync(connection, "select coalesce(current_setting('timescaledb.license', true), '') = 'timescale'", cancellationToken),
        };
        if (!shape.HasPolicies) return shape;

        shape = shape with { LimitsDecompression = await AsksAsync(connection, $"select current_setting('{DecompressionLimit}', true) is not null", cancellationToken) };
        await using var command = new NpgsqlCommand(
            """
            select config ->> 'compress_after' from timescaledb_information.jobs
            where proc_name = 'policy_compression' and hypertable_schema = current_schema() and hypertable_name = 'market_data'
            """, connection);
        return shape with { CompressedAfter = await command.ExecuteScalarAsync(cancellationToken) as string };
    }

    private static async Task<bool> AsksAsync(NpgsqlConnection connection, string question, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(question, connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }
}
