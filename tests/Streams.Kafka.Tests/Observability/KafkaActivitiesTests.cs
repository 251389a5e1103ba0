using System.Collections.Concurrent;
using System.Diagnostics;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Tests.Fixtures;

namespace OptiBid.Streams.Kafka.Tests.Observability;

public class KafkaActivitiesTests
{
    [Fact]
    public async Task Publish_AndProcess_AreLinkedAcrossKafka()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is KafkaInstruments.ActivitySourceName or "test",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        using var source = new ActivitySource("test");
        await using var cluster = await KafkaTestCluster.StartAsync();

        using var root = source.StartActivity("poll the market")!;
        await cluster.PublishAsync(["a:1", "poison", "a:2"], "1");

        Activity? Process() => ended.FirstOrDefault(activity => activity.OperationName == "process records" && activity.Links.Any(link => link.Context.TraceId == root.TraceId));
        await Eventually.TrueAsync(() => Process() is not null, "the batch's activity ends");
        var publish = Assert.Single(ended, activity => activity.OperationName == "publish records" && activity.TraceId == root.TraceId);
        var process = Process()!;

        Assert.Equal(ActivityKind.Producer, publish.Kind);
        Assert.Equal(3, publish.GetTagItem("messaging.batch.message_count"));
        Assert.Equal(ActivityKind.Consumer, process.Kind);
        Assert.Equal(publish.SpanId, Assert.Single(process.Links).Context.SpanId);
        Assert.Equal(1, process.GetTagItem("messaging.destination.partition.id"));
        Assert.Equal(ActivityStatusCode.Ok, process.Status);
        Assert.Equal(process.Id, cluster.Sink.Deliveries.First().Batch.TraceParent);
    }

    [Fact]
    public async Task Process_GivenUp_EndsAsAnError()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == KafkaInstruments.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var sink = new Sink();
        var complete = sink.OnBatch;
        var given = 0;
        sink.OnBatch = (batch, context) =>
        {
            if (Interlocked.Increment(ref given) > 1) return complete(batch, context);
            context.Committer.Rewind(batch.Position, "the test gives up");
            return Task.CompletedTask;
        };
        await using var cluster = await KafkaTestCluster.StartAsync(sink: sink);

        await cluster.PublishAsync(["a:1"], "0");
        await Eventually.EqualAsync(1, cluster.Committed);

        var parents = sink.Deliveries.Select(delivery => delivery.Batch.TraceParent).ToList();
        Assert.Equal(2, parents.Count);
        await Eventually.EqualAsync(2, () => ended.Count(activity => parents.Contains(activity.Id)));
        Assert.Equal(ActivityStatusCode.Error, ended.Single(activity => activity.Id == parents[0]).Status);
        Assert.Equal(ActivityStatusCode.Ok, ended.Single(activity => activity.Id == parents[1]).Status);
    }
}
