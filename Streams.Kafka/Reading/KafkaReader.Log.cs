using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

internal sealed partial class KafkaReader
{
    [LoggerMessage(LogLevel.Information, "{Partition} is read by this silo from now on")]
    private partial void LogOpened(KafkaPartition partition);

    [LoggerMessage(LogLevel.Information, "{Partition} is no longer read by this silo; committed: {Offset}")]
    private partial void LogClosed(KafkaPartition partition, long? offset);

    [LoggerMessage(LogLevel.Warning, "{Partition} is read again from offset {Offset}: {Reason}")]
    private partial void LogRewound(KafkaPartition partition, long? offset, string reason);

    [LoggerMessage(LogLevel.Error, "The Kafka client failed and is replaced")]
    private partial void LogClientFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "Reading from Kafka: {Error}")]
    private partial void LogConsumeError(string error);

    [LoggerMessage(LogLevel.Warning, "Kafka client: {Error}")]
    private partial void LogClientError(string error);

    [LoggerMessage(LogLevel.Warning, "{Partition} ends before what was read of it: the topic was created again or its log cut. It is read from its beginning, offset {Offset}; nothing is missed, and what both logs hold is delivered again")]
    private partial void LogLogRestarted(KafkaPartition partition, long offset);

    [LoggerMessage(LogLevel.Error, "{Partition}: up to {Records} records were deleted before they were read, because they are older than the topic keeps them; reading goes on at offset {Offset}")]
    private partial void LogLost(KafkaPartition partition, long records, long offset);

    [LoggerMessage(LogLevel.Warning, "{Partition} has records, but nobody takes them; does a grain subscribe implicitly to namespace '{Topic}'?")]
    private partial void LogStalled(KafkaPartition partition, string topic);

    [LoggerMessage(LogLevel.Error, "{Partition} is delivered to more than one consumer. Only one grain class may subscribe to namespace '{Topic}': the first to complete a batch vouches for all")]
    private partial void LogSecondConsumer(KafkaPartition partition, string topic);

    [LoggerMessage(LogLevel.Warning, "{Partition}: the codec failed and is tried again: {Error}")]
    private partial void LogDecoding(KafkaPartition partition, string error);

    [LoggerMessage(LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    private partial void LogClientMessage(string facility, string message);
}
