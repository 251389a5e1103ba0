using Microsoft.Extensions.Logging;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>
/// Reports what Orleans could not deliver. What is to be done about it the cursor has done already: the partition
/// is rewound, so nothing is skipped.
/// </summary>
internal sealed partial class KafkaFailureHandler(ILogger logger) : IStreamFailureHandler
{
    public bool ShouldFaultSubsriptionOnError => false;

    public Task OnDeliveryFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogDelivery(streamIdentity, sequenceToken?.SequenceNumber);
        return Task.CompletedTask;
    }

    public Task OnSubscriptionFailure(GuidId subscriptionId, string streamProviderName, StreamId streamIdentity, StreamSequenceToken? sequenceToken)
    {
        LogSubscription(streamIdentity);
        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Error, "The consumer of stream {Stream} keeps failing at offset {Offset}; its partition is held until it succeeds")]
    private partial void LogDelivery(StreamId stream, long? offset);

    [LoggerMessage(LogLevel.Warning, "The consumer of stream {Stream} did not answer; it is given its records as they come")]
    private partial void LogSubscription(StreamId stream);
}
