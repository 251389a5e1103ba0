using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Commits;

internal sealed partial class KafkaCommitter
{
    [LoggerMessage(LogLevel.Warning, "Offsets could not be committed and are committed again until it succeeds: {Error}")]
    private partial void LogCommitFailed(string error);

    [LoggerMessage(LogLevel.Information, "Offsets are committed again")]
    private partial void LogCommitsAgain();

    [LoggerMessage(LogLevel.Warning, "{Partition}: another silo has committed offset {Stored}, which stays; this one had come to {Offset}")]
    private partial void LogFurther(KafkaPartition partition, long stored, long offset);

    [LoggerMessage(LogLevel.Warning, "Kafka does not say from where partitions are to be read; it is asked until it does: {Error}")]
    private partial void LogNotAnswered(string error);

    [LoggerMessage(LogLevel.Information, "Kafka says from where partitions are to be read")]
    private partial void LogAnswered();

    [LoggerMessage(LogLevel.Error, "A batch of {Topic}[{Partition}] read by silo {Reader} was completed or rewound on silo {Here}; only its reader can do that, so its offsets stay uncommitted")]
    private partial void LogElsewhere(string topic, int partition, SiloAddress reader, SiloAddress here);

    [LoggerMessage(LogLevel.Debug, "Kafka client of the committer: {Error}")]
    private partial void LogClientError(string error);

    [LoggerMessage(LogLevel.Error, "The committer met an error and goes on")]
    private partial void LogFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "Kafka does not answer; the last offsets are abandoned after {Patience} and their records will be read again")]
    private partial void LogAbandoned(TimeSpan patience);
}
