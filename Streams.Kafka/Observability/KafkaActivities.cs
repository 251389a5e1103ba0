using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Observability;

/// <summary>
/// Activities on both sides of Kafka, joined by W3C trace context in the records' headers. Tags follow OpenTelemetry's
/// semantic conventions for messaging.
/// </summary>
internal static class KafkaActivities
{
    private const string TraceParent = "traceparent";
    private const string TraceState = "tracestate";

    /// <summary>Publishers linked to one batch at most; a batch of thousands of records has few.</summary>
    private const int MostLinks = 32;

    private static readonly ActivitySource Source = new(KafkaInstruments.ActivitySourceName);

    /// <summary>Starts the activity of publishing a batch.</summary>
    public static Activity? Publish(string topic) => Tag(Source.StartActivity("publish " + topic, ActivityKind.Producer), "publish", topic);

    /// <summary>Starts the activity of processing a batch. It does not become the current one.</summary>
    public static Activity? Process(in KafkaPartition partition, RecordBlock block)
    {
        if (!Source.HasListeners()) return null;
        var current = Activity.Current;
        var activity = Tag(Source.StartActivity("process " + partition.Topic, ActivityKind.Consumer, default(ActivityContext), links: Links(block)), "process", partition.Topic);
        activity?.SetTag("messaging.destination.partition.id", partition.Number)
            .SetTag("messaging.kafka.offset", block[0].Offset)
            .SetTag("messaging.batch.message_count", block.Count);
        Activity.Current = current;
        return activity;
    }

    /// <summary>The present trace context as headers, for all records of a batch.</summary>
    public static Headers? TraceHeaders()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity) return null;
        var headers = new Headers { { TraceParent, Encoding.ASCII.GetBytes(id) } };
        if (activity.TraceStateString is { Length: > 0 } state) headers.Add(TraceState, Encoding.UTF8.GetBytes(state));
        return headers;
    }

    private static Activity? Tag(Activity? activity, string operation, string topic) => activity?
        .SetTag("messaging.system", "kafka")
        .SetTag("messaging.operation.name", operation)
        .SetTag("messaging.destination.name", topic);

    private static List<ActivityLink>? Links(RecordBlock block)
    {
        HashSet<ActivityContext>? contexts = null;
        for (var index = 0; index < block.Count && (contexts?.Count ?? 0) < MostLinks; index++)
        {
            if (block[index].Headers is { } headers
                && Text(headers, TraceParent) is { } parent
                && ActivityContext.TryParse(parent, Text(headers, TraceState), isRemote: true, out var context))
            {
                (contexts ??= []).Add(context);
            }
        }

        return contexts?.Select(context => new ActivityLink(context)).ToList();
    }

    private static string? Text(Headers headers, string name) =>
        headers.TryGetLastBytes(name, out var bytes) && bytes is not null ? Encoding.UTF8.GetString(bytes) : null;
}
