using System.Diagnostics;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>A batch on its way from being decoded until it is complete: what is measured of it. Ended once.</summary>
internal sealed class Processing(KafkaMeters meters, KafkaPartition partition, Activity? activity)
{
    private readonly long _started = Stopwatch.GetTimestamp();

    /// <summary>Id of its activity for the consumer's own activities to hang on; null when nobody listens.</summary>
    public string? TraceParent => activity?.Id;

    /// <summary>Its consumer has taken it, which may have needed several attempts.</summary>
    public void Delivered(TimeSpan duration) => meters.Delivery(partition, duration);

    /// <summary>All that its consumer made of it is durable.</summary>
    public void Complete()
    {
        meters.Completion(partition, Stopwatch.GetElapsedTime(_started));
        activity?.SetStatus(ActivityStatusCode.Ok);
        activity?.Dispose();
    }

    /// <summary>Its records will be read again.</summary>
    public void GiveUp()
    {
        activity?.SetStatus(ActivityStatusCode.Error, "given up; its records are read again");
        activity?.Dispose();
    }
}
