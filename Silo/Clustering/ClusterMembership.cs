using System.Net;
using System.Net.Sockets;
using OptiBid.Grains;
using OptiBid.Silo.Embedded;
using Orleans.Configuration;

namespace OptiBid.Silo.Clustering;

/// <summary>How silos find each other: through PostgreSQL, or not at all where there is only one.</summary>
internal static class ClusterMembership
{
    /// <summary>What grains keep there: the zone connectors' cursors; users' alert rules and what they have fired.</summary>
    private static readonly string[] GrainStorage = ["connectors", PriceGrainsExtensions.AlertStorage];

    public static ISiloBuilder AddMembership(this ISiloBuilder silo, IConfiguration configuration, SiloHostOptions options)
    {
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));

        // A silo that is gone is voted out after three missed probes: its partitions and locations move within seconds.
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = TimeSpan.FromSeconds(3);
            membership.NumMissedProbesLimit = 3;
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(15);
            membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
        });

        return configuration.GetConnectionString("History") is { Length: > 0 } database
            ? silo.AddPostgresMembership(options, OrleansDatabase.ConnectionString(database))
            : silo.AddSingleSilo(options);
    }

    private static ISiloBuilder AddPostgresMembership(this ISiloBuilder silo, SiloHostOptions options, string database)
    {
        var embedded = options.Embedded ?? false;
        var siloPort = options.SiloPort ?? (embedded ? FreePort() : EndpointOptions.DEFAULT_SILO_PORT);
        var gatewayPort = options.GatewayPort ?? (embedded ? FreePort() : EndpointOptions.DEFAULT_GATEWAY_PORT);
        var advertised = options.AdvertisedIP is { } ip ? IPAddress.Parse(ip) : IPAddress.Loopback;
        silo.ConfigureEndpoints(advertised, siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(advertised));
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (OrleansDatabase.Invariant, database));
        silo.UseAdoNetReminderService(reminders => (reminders.Invariant, reminders.ConnectionString) = (OrleansDatabase.Invariant, database));
        foreach (var name in GrainStorage)
            silo.AddAdoNetGrainStorage(name, storage => (storage.Invariant, storage.ConnectionString) = (OrleansDatabase.Invariant, database));
        return silo;
    }

    private static ISiloBuilder AddSingleSilo(this ISiloBuilder silo, SiloHostOptions options)
    {
        silo.UseLocalhostClustering(
                options.SiloPort ?? FreePort(), options.GatewayPort ?? FreePort(), null, options.ServiceId, options.ClusterId)
            .UseInMemoryReminderService();
        foreach (var name in GrainStorage) silo.AddEmbeddedGrainStorage(name);
        return silo;
    }

    /// <summary>A port free at the moment, so that an embedded silo never stands in another's way.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
