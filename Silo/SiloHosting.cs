using OptiBid.Connectors;
using OptiBid.Connectors.Credentials;
using OptiBid.Connectors.Webhooks;
using OptiBid.Grains;
using OptiBid.Grains.Interfaces;
using OptiBid.History.Hosting;
using OptiBid.Silo.Clustering;
using OptiBid.Silo.Hosting;
using OptiBid.Silo.Kafka;
using OptiBid.Silo.Operations;
using OptiBid.Streams.Kafka.Observability;
using Orleans.Dashboard;

namespace OptiBid.Silo;

/// <summary>The composition of a silo, for a process of its own or inside a gateway.</summary>
public static class SiloHosting
{
    /// <summary>
    /// Adds the whole silo. What writes the history is added before Orleans, so that at the end Orleans stops
    /// first and what the grains had left still finds its way out.
    /// </summary>
    public static IHostApplicationBuilder AddOptiBidSilo(this IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var host = configuration.Read<SiloHostOptions, SiloHostOptions.Validator>(SiloHostOptions.Section);
        var kafka = configuration.Read<KafkaOptions, KafkaOptions.Validator>(KafkaOptions.Section);
        RequireSharedKafka(configuration, kafka);

        builder.Services.AddCheckedHistory(configuration);
        builder.Services.AddHistoryWriter(configuration);
        builder.Services.AddPriceGrains();
        builder.Services.AddZoneQuality();
        builder.Services.AddStoredCredentials(configuration);
        builder.Services.AddAlertWebhooks(configuration);
        builder.Services.AddConnectors(configuration, builder.Environment.IsDevelopment());
        builder.Services.AddHealthChecks().AddKafkaStreams(StreamNames.Provider, HealthEndpoints.Ready);
        builder.UseOrleans(silo =>
        {
            silo.AddMembership(configuration, host);
            silo.AddPriceStreams(configuration, kafka);
            silo.AddPriceGrains();
            silo.AddDashboard();
        });
        builder.Services.AddPriceAlerts();
        return builder;
    }

    /// <summary>Silos of one cluster read one log: a broker inside each would part what belongs together.</summary>
    private static void RequireSharedKafka(IConfiguration configuration, KafkaOptions kafka)
    {
        if (!SiloHostOptions.IsEmbedded(configuration) && string.IsNullOrWhiteSpace(kafka.BootstrapServers))
        {
            throw new StartRefusedException(
                "Kafka:BootstrapServers: must be set where silos are processes of their own (ConnectionStrings:History is set); only an embedded silo can do with the broker in its process.");
        }
    }
}
