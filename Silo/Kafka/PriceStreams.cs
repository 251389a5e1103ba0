using OptiBid.Grains;
using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Embedded;
using OptiBid.Streams.Kafka.Hosting;

namespace OptiBid.Silo.Kafka;

/// <summary>The price streams: on the Kafka cluster that is configured, or else on a broker inside this process.</summary>
internal static class PriceStreams
{
    /// <summary>Markets whose topics are read in any case; others when a connector of theirs is configured.</summary>
    private static readonly MarketZone[] AlwaysRead = [MarketZone.PJM, MarketZone.CAISO, MarketZone.ERCOT];

    public static ISiloBuilder AddPriceStreams(this ISiloBuilder silo, IConfiguration configuration, KafkaOptions options)
    {
        var zones = MarketZones.All
            .Where(zone => AlwaysRead.Contains(zone) || configuration.GetSection($"Connectors:{zone.Name()}:Feed").Exists())
            .ToArray();

        EmbeddedBroker? broker = null;
        if (string.IsNullOrWhiteSpace(options.BootstrapServers))
        {
            broker = EmbeddedBroker.Start(
                [.. zones.Select(zone => (zone.Topic(), options.PartitionsPerZone)), (StreamNames.DeadLetterTopic, 1), (StreamNames.AlertsTopic, 1)]);
            silo.Services.AddHostedService(_ => new EmbeddedKafka(broker));
        }

        return silo.AddKafkaStreams(
            StreamNames.Provider,
            kafka =>
            {
                kafka.BootstrapServers = options.BootstrapServers ?? "";
                kafka.ManageTopics = options.ManageTopics;
                broker?.Serve(kafka);
                kafka.ConsumerGroup = options.ConsumerGroup;
                kafka.DeadLetterTopic = StreamNames.DeadLetterTopic;
                foreach (var (key, value) in options.Settings) kafka.Settings[key] = value;
                foreach (var zone in zones)
                {
                    kafka.Topics.Add(new KafkaTopic
                    {
                        Name = zone.Topic(),
                        Partitions = options.PartitionsPerZone,
                        ReplicationFactor = options.ReplicationFactor ?? -1,
                    });
                }

                kafka.Topics.Add(new KafkaTopic
                {
                    Name = StreamNames.AlertsTopic,
                    Partitions = 1,
                    ReplicationFactor = options.ReplicationFactor ?? -1,
                    Read = false,
                });
            },
            services => services.CreatePriceCodec());
    }
}
