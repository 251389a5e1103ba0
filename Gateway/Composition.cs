using OptiBid.Connectors.Credentials;
using OptiBid.Silo;
using OptiBid.Silo.Clustering;
using Orleans.Configuration;
using Orleans.Dashboard;
using OptiBid.Silo.Hosting;

namespace OptiBid.Gateway;

/// <summary>
/// What the gateway stands on, by configuration: a silo of its own in this process, or the cluster and the
/// history that are configured.
/// </summary>
internal static partial class Composition
{
    private static readonly TimeSpan ConnectPause = TimeSpan.FromSeconds(2);

    /// <summary>Adds the silo or the client of the cluster, and the history.</summary>
    public static WebApplicationBuilder AddCluster(this WebApplicationBuilder builder)
    {
        if (SiloHostOptions.IsEmbedded(builder.Configuration)) builder.AddEmbeddedSilo();
        else builder.AddClusterClient();
        return builder;
    }

    /// <summary>What runs here and what is connected, in words.</summary>
    public static IReadOnlyList<string> Describe(IConfiguration configuration) =>
    [
        SiloHostOptions.IsEmbedded(configuration) ? "silo        embedded in this process" : "silo        client of the cluster in PostgreSQL",
        string.IsNullOrEmpty(configuration["Kafka:BootstrapServers"]) && SiloHostOptions.IsEmbedded(configuration)
            ? "Kafka       embedded broker, gone with this process"
            : $"Kafka       {configuration["Kafka:BootstrapServers"] ?? "the silos'"}",
        string.IsNullOrEmpty(configuration.GetConnectionString("History"))
            ? $"history     embedded file under {Path.GetFullPath(configuration["Data:Directory"] ?? "./data")}"
            : "history     PostgreSQL (ConnectionStrings:History)",
    ];

    /// <summary>Silo, history, broker and connectors, all in this process.</summary>
    private static void AddEmbeddedSilo(this WebApplicationBuilder builder) => builder.AddOptiBidSilo();

    /// <summary>A client of the cluster that PostgreSQL knows, and the PostgreSQL history.</summary>
    private static void AddClusterClient(this WebApplicationBuilder builder)
    {
        builder.Services.AddCheckedHistory(builder.Configuration);
        builder.Services.AddCredentialVault(builder.Configuration);
        var database = builder.Configuration.GetConnectionString("History")
            ?? throw new StartRefusedException("Silo:Embedded=false needs ConnectionStrings:History, where silos and gateways find each other.");
        var options = builder.Configuration.GetSection(SiloHostOptions.Section).Get<SiloHostOptions>() ?? new();

        // So that /health/live answers while the database or the cluster is not there yet.
        builder.Services.Configure<HostOptions>(static host => host.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) =
                (OrleansDatabase.Invariant, OrleansDatabase.ConnectionString(database)));
            client.UseConnectionRetryFilter(RetryAsync);
            client.AddDashboard();
        });
    }

    private static async Task<bool> RetryAsync(Exception error, CancellationToken cancellationToken)
    {
        Console.WriteLine($"Waiting for the cluster: {error.Message}");
        await Task.Delay(ConnectPause, cancellationToken);
        return true;
    }
}
