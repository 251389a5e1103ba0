using System.Text.Json;
using Confluent.Kafka;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Cluster.Tests;

/// <summary>The topic that tells the world of findings and alerts, as anyone else's consumer reads it.</summary>
internal static class AlertsTopic
{
    /// <summary>The records from the first on; ends when none has come for 20 s.</summary>
    public static IEnumerable<JsonElement> Read(string servers)
    {
        using var consumer = new ConsumerBuilder<string, byte[]>(new ConsumerConfig { BootstrapServers = servers, GroupId = "alerts" }).Build();
        consumer.Assign(new TopicPartitionOffset(StreamNames.AlertsTopic, 0, Offset.Beginning));
        while (consumer.Consume(TimeSpan.FromSeconds(20)) is { } record) yield return JsonDocument.Parse(record.Message.Value).RootElement;
    }
}
