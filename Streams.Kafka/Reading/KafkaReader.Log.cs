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

    [LoggerMessage(LogLevel.Warning, "{Partition} begins anew at offset {Offset}, where {Expected} was expected: the topic was created again or its log cut")]
    private partial void LogLogRestarted(KafkaPartition partition, long offset, long expected);

    [LoggerMessage(LogLevel.Warning, "{Partition}: {Missing} offsets from {Expected} on are not there any more (retention, compaction or transaction markers)")]
    private partial void LogGap(KafkaPartition partition, long missing, long expected);

    [LoggerMessage(LogLevel.Warning, "{Partition} has records, but nobody takes them; does a grain subscribe implicitly to namespace '{Topic}'?")]
    private partial void LogStalled(KafkaPartition partition, string topic);

    [LoggerMessage(LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    private partial void LogClientMessage(string facility, string message);
}
