using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Benchmarks.Pipeline;
using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Hosting;
using Orleans.Configuration;

namespace OptiBid.Benchmarks.Streams;

/// <summary>The provider in a silo of its own, into a consumer that does nothing.</summary>
internal static class ProviderReader
{
    public static async Task<Measurement> MeasureAsync(LogProcess log, long records)
    {
        var drain = new Drain(records);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(drain);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.Configure<GrainTypeOptions>(types => types.Classes.RemoveWhere(type => type.Assembly != typeof(DrainGrain).Assembly && type.Namespace?.StartsWith("OptiBid.", StringComparison.Ordinal) == true));
            silo.AddKafkaStreams(
                StreamNames.Provider,
                kafka =>
                {
                    kafka.BootstrapServers = log.BootstrapServers;
                    kafka.ConsumerGroup = $"bench-{Guid.NewGuid():N}";
                    kafka.DeadLetterTopic = StreamNames.DeadLetterTopic;
                    kafka.ManageTopics = false;
                    kafka.ConsumerSettings["fetch.wait.max.ms"] = "25";
                    kafka.Topics.Add(new KafkaTopic { Name = MarketZone.PJM.Topic() });
                },
                _ => new PriceCodec());
        });
        using var host = builder.Build();
        await host.StartAsync();
        var measured = await drain.Done;
        await host.StopAsync();
        return measured;
    }
}
