using System.Text.RegularExpressions;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>Stops the start with one clear line when a provider's options cannot work.</summary>
/// <param name="name">The provider's name.</param>
/// <param name="options">Its options.</param>
/// <param name="reads">False for a client, which only publishes and so needs no group and no dead-letter topic.</param>
internal sealed partial class KafkaStreamOptionsValidator(string name, KafkaStreamOptions options, bool reads) : IConfigurationValidator
{
    /// <summary>Settings that carry the provider's guarantees and therefore cannot be overridden.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "bootstrap.servers", "group.id", "enable.auto.commit", "enable.auto.offset.store", "enable.idempotence", "acks",
        "request.required.acks", "enable.partition.eof", "auto.offset.reset", "isolation.level", "delivery.report.only.error", "group.instance.id",
    ];

    /// <summary>Confluent's own settings: how reports and headers reach the provider, and threads it does not use.</summary>
    private const string ReservedPrefix = "dotnet.";

    public void ValidateConfiguration()
    {
        if (Complaints().FirstOrDefault() is { } complaint)
            throw new OrleansConfigurationException($"Kafka stream provider '{name}': {complaint}");
    }

    internal IEnumerable<string> Complaints()
    {
        if (string.IsNullOrWhiteSpace(options.BootstrapServers)) yield return $"{nameof(options.BootstrapServers)} is empty; set it to host:port.";
        if (options.Topics.Count == 0) yield return $"{nameof(options.Topics)} is empty; name at least one topic.";
        foreach (var complaint in options.Topics.SelectMany(TopicComplaints)) yield return complaint;
        if (options.Topics.GroupBy(topic => topic.Name).FirstOrDefault(same => same.Count() > 1) is { } twice) yield return $"topic '{twice.Key}' is listed {twice.Count()} times.";

        if (reads)
        {
            if (string.IsNullOrWhiteSpace(options.ConsumerGroup)) yield return $"{nameof(options.ConsumerGroup)} is empty; committed offsets are stored under its name.";
            if (!IsTopicName(options.DeadLetterTopic)) yield return $"{nameof(options.DeadLetterTopic)} '{options.DeadLetterTopic}' is not a valid topic name.";
            if (options.Topics.Any(topic => topic.Read && topic.Name == options.DeadLetterTopic)) yield return $"{nameof(options.DeadLetterTopic)} '{options.DeadLetterTopic}' is among the topics read; dead letters would be read for ever.";
        }

        if (options.MaxBatchRecords is < 1 or > 1_000_000) yield return $"{nameof(options.MaxBatchRecords)} {options.MaxBatchRecords} is not between 1 and 1,000,000.";
        if (options.MaxBufferedRecords < options.MaxBatchRecords) yield return $"{nameof(options.MaxBufferedRecords)} {options.MaxBufferedRecords} is less than {nameof(options.MaxBatchRecords)} {options.MaxBatchRecords}.";
        if (options.MaxBufferedBytes < 64 * 1024) yield return $"{nameof(options.MaxBufferedBytes)} {options.MaxBufferedBytes} is less than 64 KiB.";
        if (options.BatchLinger < TimeSpan.Zero || options.BatchLinger > TimeSpan.FromSeconds(1)) yield return $"{nameof(options.BatchLinger)} {options.BatchLinger} is not between 0 and 1 s.";
        if (options.CommitInterval < TimeSpan.FromMilliseconds(1) || options.CommitInterval > TimeSpan.FromMinutes(1)) yield return $"{nameof(options.CommitInterval)} {options.CommitInterval} is not between 1 ms and 1 min.";
        if (options.CompletionTimeout <= options.CommitInterval) yield return $"{nameof(options.CompletionTimeout)} {options.CompletionTimeout} is not longer than {nameof(options.CommitInterval)}.";
        if (options.CommitRenewal < options.CommitInterval) yield return $"{nameof(options.CommitRenewal)} {options.CommitRenewal} is shorter than {nameof(options.CommitInterval)}.";
        if (options.HandOverTime < TimeSpan.Zero || options.HandOverTime > TimeSpan.FromMinutes(5)) yield return $"{nameof(options.HandOverTime)} {options.HandOverTime} is not between 0 and 5 min.";
        if (options.MaxDecodeTime < TimeSpan.Zero) yield return $"{nameof(options.MaxDecodeTime)} {options.MaxDecodeTime} is negative.";
        if (options.MaxDeliveryTime < TimeSpan.FromMilliseconds(1)) yield return $"{nameof(options.MaxDeliveryTime)} {options.MaxDeliveryTime} is not positive.";
        if (options.PublishTimeout < TimeSpan.FromSeconds(1)) yield return $"{nameof(options.PublishTimeout)} {options.PublishTimeout} is less than 1 s.";
        if (options.MetadataRefresh < TimeSpan.FromMilliseconds(100)) yield return $"{nameof(options.MetadataRefresh)} {options.MetadataRefresh} is less than 100 ms.";

        foreach (var setting in options.Settings.Keys.Concat(options.ConsumerSettings.Keys).Concat(options.ProducerSettings.Keys))
        {
            if (Reserved.Contains(setting) || setting.StartsWith(ReservedPrefix, StringComparison.Ordinal)) yield return $"setting '{setting}' belongs to the provider and cannot be overridden.";
        }
    }

    private static IEnumerable<string> TopicComplaints(KafkaTopic topic)
    {
        if (!IsTopicName(topic.Name)) yield return $"'{topic.Name}' is not a valid topic name.";
        if (topic.Partitions is < 1 or > 10_000) yield return $"topic '{topic.Name}': {nameof(topic.Partitions)} {topic.Partitions} is not between 1 and 10,000.";
        if (topic.ReplicationFactor is 0 or < -1) yield return $"topic '{topic.Name}': {nameof(topic.ReplicationFactor)} {topic.ReplicationFactor} is neither positive nor -1.";
    }

    private static bool IsTopicName(string topic) => topic is not ("." or "..") && TopicName().IsMatch(topic);

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$")]
    private static partial Regex TopicName();
}
