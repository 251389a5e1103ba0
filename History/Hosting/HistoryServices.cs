using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.History.Backups;
using OptiBid.History.Duck;
using OptiBid.History.Postgres;
using OptiBid.History.Postgres.Shapes;
using OptiBid.History.Upkeep;
using OptiBid.History.Writing;

namespace OptiBid.History.Hosting;

/// <summary>Registers the history.</summary>
public static class HistoryServices
{
    /// <summary>Name of the connection string that chooses PostgreSQL.</summary>
    public const string ConnectionName = "History";

    /// <summary>Name of the connection string of the role that owns the tables, where it is another.</summary>
    public const string OwnerConnectionName = "HistoryOwner";

    /// <summary>Name of the connection string of the role that may only read prices, where it is another.</summary>
    public const string ReaderConnectionName = "HistoryReader";

    /// <summary>Name of the embedded file.</summary>
    public const string FileName = "prices.duckdb";

    /// <summary>
    /// The history's ports: on PostgreSQL when <c>ConnectionStrings:History</c> is set, else on the file
    /// <c>prices.duckdb</c> under <c>Data:Directory</c> (default <c>./data</c>), and then also
    /// <see cref="IGrainStateTable"/>. The host's start waits until the store is ready.
    /// </summary>
    /// <exception cref="InvalidOperationException">The connection string cannot be read.</exception>
    public static IServiceCollection AddHistory(this IServiceCollection services, IConfiguration configuration)
    {
        _ = services.AddOptions<HistoryOptions>().Bind(configuration.GetSection(HistoryOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HistoryOptions>>(new FaultCheck<HistoryOptions>(options => options.Fault())));
        services.TryAddSingleton(TimeProvider.System);
        if (Connection(configuration, ConnectionName) is { } history)
        {
            AddPostgres(services, new(history, Connection(configuration, OwnerConnectionName), Connection(configuration, ReaderConnectionName)));
        }
        else
        {
            AddDuck(services, Path.Combine(configuration["Data:Directory"] is { Length: > 0 } directory ? directory : "./data", FileName));
        }

        _ = services.AddHostedService<HistoryStart>();
        _ = services.AddHealthChecks().AddCheck<HistoryHealthCheck>("history", tags: ["ready"]);
        return services;
    }

    /// <summary>
    /// <see cref="IHistoryWriter"/>, for a process that takes prices in; it also looks after the store. Call it before the silo is added, so that
    /// at the end of the process the writer stops after it.
    /// </summary>
    public static IServiceCollection AddHistoryWriter(this IServiceCollection services, IConfiguration configuration)
    {
        _ = services.AddMetrics();
        _ = services.AddOptions<HistoryWriterOptions>().Bind(configuration.GetSection(HistoryWriterOptions.Section)).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<HistoryWriterOptions>>(new FaultCheck<HistoryWriterOptions>(options => options.Fault())));
        services.TryAddSingleton<WriterInstruments>();
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<HistoryWriter>(provider));
        services.TryAddSingleton<IHistoryWriter>(provider => provider.GetRequiredService<HistoryWriter>());
        return services.AddHostedService(provider => provider.GetRequiredService<HistoryWriter>()).AddHostedService<HistoryUpkeep>();
    }

    private static string? Connection(IConfiguration configuration, string name)
    {
        var connection = configuration.GetConnectionString(name);
        if (string.IsNullOrWhiteSpace(connection)) return null;

        try
        {
            _ = new Npgsql.NpgsqlConnectionStringBuilder(connection);
            return connection;
        }
        catch (ArgumentException error)
        {
            throw new InvalidOperationException($"ConnectionStrings:{name} is not a PostgreSQL connection string: {error.Message}", error);
        }
    }

    private static void AddPostgres(IServiceCollection services, PostgresConnections connections)
    {
        services.TryAddSingleton(provider => new PostgresStore(
            connections, provider.GetRequiredService<IOptions<HistoryOptions>>().Value, provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<IHistoryStore>(provider => provider.GetRequiredService<PostgresStore>());
        services.TryAddSingleton<IPriceHistory, PostgresPriceHistory>();
        services.TryAddSingleton<ILocationStateStore, PostgresLocationStates>();
        services.TryAddSingleton<ILocationDirectory, PostgresLocationDirectory>();
        services.TryAddSingleton<IIngestionLog, PostgresIngestionLog>();
        services.TryAddSingleton<IAuditLog, PostgresAuditLog>();
        services.TryAddSingleton<IIntervalCounts, PostgresIntervalCounts>();
        AddQuality<PostgresQuality>(services);
        services.TryAddSingleton<IProtectedValues, PostgresProtectedValues>();
        services.TryAddSingleton<IApiKeys, PostgresApiKeys>();
        services.TryAddSingleton<IHistoryBackup, PostgresBackup>();
        services.TryAddSingleton<IDatabaseRoles, PostgresRoles>();
        services.TryAddSingleton<IHistoryUpkeep, PostgresUpkeep>();
    }

    private static void AddQuality<T>(IServiceCollection services) where T : class, IZoneHours, IZoneMetrics, IDataQuality, IQualityEvents
    {
        services.TryAddSingleton<T>();
        services.TryAddSingleton<IZoneHours>(provider => provider.GetRequiredService<T>());
        services.TryAddSingleton<IZoneMetrics>(provider => provider.GetRequiredService<T>());
        services.TryAddSingleton<IDataQuality>(provider => provider.GetRequiredService<T>());
        services.TryAddSingleton<IQualityEvents>(provider => provider.GetRequiredService<T>());
    }

    private static void AddDuck(IServiceCollection services, string path)
    {
        services.TryAddSingleton(provider => new DuckStore(
            path, provider.GetRequiredService<IOptions<HistoryOptions>>().Value, provider.GetRequiredService<ILogger<DuckStore>>()));
        services.TryAddSingleton<IHistoryStore>(provider => provider.GetRequiredService<DuckStore>());
        services.TryAddSingleton<IPriceHistory, DuckPriceHistory>();
        services.TryAddSingleton<ILocationStateStore, DuckLocationStates>();
        services.TryAddSingleton<ILocationDirectory, DuckLocationDirectory>();
        services.TryAddSingleton<IIngestionLog, DuckIngestionLog>();
        services.TryAddSingleton<IAuditLog, DuckAuditLog>();
        services.TryAddSingleton<IIntervalCounts, DuckIntervalCounts>();
        AddQuality<DuckQuality>(services);
        services.TryAddSingleton<IProtectedValues, DuckProtectedValues>();
        services.TryAddSingleton<IApiKeys, DuckApiKeys>();
        services.TryAddSingleton<IGrainStateTable, DuckGrainStates>();
        services.TryAddSingleton<IHistoryBackup, DuckBackup>();
        services.TryAddSingleton<IHistoryUpkeep, DuckUpkeep>();
        _ = services.PostConfigure<HistoryWriterOptions>(options => options.Writers = 1);
    }
}
