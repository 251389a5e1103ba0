using Microsoft.Extensions.Options;

namespace OptiBid.Silo.Kafka;

/// <summary>Section <c>Kafka</c>: the log that carries the prices.</summary>
public sealed class KafkaOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Kafka";

    /// <summary>The cluster's bootstrap servers, <c>host:port,host:port</c>. Left out: a broker inside this process, gone with it.</summary>
    public string? BootstrapServers { get; set; }

    /// <summary>Partitions of each zone's topic when it is created here.</summary>
    public int PartitionsPerZone { get; set; } = 3;

    /// <summary>Replication factor of topics created here; left out, the cluster's default.</summary>
    public short? ReplicationFactor { get; set; }

    /// <summary>Whether missing topics are created here; false where somebody else does.</summary>
    public bool ManageTopics { get; set; } = true;

    /// <summary>Consumer group that commit points are kept under.</summary>
    public string ConsumerGroup { get; set; } = "optibid";

    /// <summary>Further librdkafka settings, such as <c>Kafka:Settings:security.protocol</c> = <c>SASL_SSL</c>.</summary>
    public Dictionary<string, string> Settings { get; init; } = [];

    internal sealed class Validator : IValidateOptions<KafkaOptions>
    {
        public ValidateOptionsResult Validate(string? name, KafkaOptions options)
        {
            if (options.PartitionsPerZone is < 1 or > 1000)
                return ValidateOptionsResult.Fail($"{Section}:PartitionsPerZone: {options.PartitionsPerZone} is not between 1 and 1000.");
            if (options.ReplicationFactor is < 1)
                return ValidateOptionsResult.Fail($"{Section}:ReplicationFactor: {options.ReplicationFactor} is not 1 or more.");
            return string.IsNullOrWhiteSpace(options.ConsumerGroup)
                ? ValidateOptionsResult.Fail($"{Section}:ConsumerGroup: must not be empty.")
                : ValidateOptionsResult.Success;
        }
    }
}
