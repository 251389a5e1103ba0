using OptiBid.Streams.Kafka.Hosting;

namespace OptiBid.Streams.Kafka.Tests.Hosting;

public class KafkaStreamOptionsValidatorTests
{
    [Fact]
    public void ValidateConfiguration_Good_Passes() => Validator(_ => { }).ValidateConfiguration();

    [Fact]
    public void ValidateConfiguration_Client_NeedsNoGroupAndNoDeadLetterTopic()
    {
        var options = Good();
        (options.ConsumerGroup, options.DeadLetterTopic) = ("", "");
        new KafkaStreamOptionsValidator("kafka", options, reads: false).ValidateConfiguration();
    }

    public static TheoryData<string, Action<KafkaStreamOptions>> Wrong => new()
    {
        { "BootstrapServers", options => options.BootstrapServers = " " },
        { "Topics is empty", options => options.Topics.Clear() },
        { "'a b'", options => options.Topics.Add(new KafkaTopic { Name = "a b" }) },
        { "listed 2 times", options => options.Topics.Add(new KafkaTopic { Name = "prices" }) },
        { "Partitions 0", options => options.Topics[0].Partitions = 0 },
        { "ReplicationFactor 0", options => options.Topics[0].ReplicationFactor = 0 },
        { "ConsumerGroup", options => options.ConsumerGroup = "" },
        { "DeadLetterTopic", options => options.DeadLetterTopic = "" },
        { "read for ever", options => options.DeadLetterTopic = "prices" },
        { "MaxBatchRecords 0", options => options.MaxBatchRecords = 0 },
        { "MaxBufferedRecords", options => options.MaxBufferedRecords = options.MaxBatchRecords - 1 },
        { "MaxBufferedBytes", options => options.MaxBufferedBytes = 10 },
        { "BatchLinger", options => options.BatchLinger = TimeSpan.FromSeconds(2) },
        { "CommitInterval", options => options.CommitInterval = TimeSpan.Zero },
        { "CompletionTimeout", options => options.CompletionTimeout = options.CommitInterval },
        { "MaxDeliveryTime", options => options.MaxDeliveryTime = TimeSpan.Zero },
        { "PublishTimeout", options => options.PublishTimeout = TimeSpan.Zero },
        { "MetadataRefresh", options => options.MetadataRefresh = TimeSpan.Zero },
        { "'enable.auto.commit'", options => options.ConsumerSettings["enable.auto.commit"] = "true" },
        { "'acks'", options => options.ProducerSettings["acks"] = "0" },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public void ValidateConfiguration_Wrong_SaysWhatInOneLine(string expected, Action<KafkaStreamOptions> spoil)
    {
        var error = Assert.Throws<Orleans.Runtime.OrleansConfigurationException>(Validator(spoil).ValidateConfiguration);

        Assert.StartsWith("Kafka stream provider 'kafka': ", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static KafkaStreamOptions Good() => new()
    {
        BootstrapServers = "localhost:9092",
        ConsumerGroup = "group",
        DeadLetterTopic = "dead",
        Topics = { new KafkaTopic { Name = "prices" } },
    };

    private static KafkaStreamOptionsValidator Validator(Action<KafkaStreamOptions> spoil)
    {
        var options = Good();
        spoil(options);
        return new KafkaStreamOptionsValidator("kafka", options, reads: true);
    }
}
