using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using OptiBid.Streams.Kafka.Codecs;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>
/// Publishes what is put on a stream: to the partition its key names, or with <see cref="KafkaStreams.ByKey"/> to
/// the one that follows from each record's key, as any Java producer would choose it.
/// </summary>
internal sealed class KafkaWriter<T>(KafkaStreamOptions options, KafkaProducer producer, KafkaTopology topology, Func<IKafkaCodec<T>> newCodec, KafkaMeters meters, TimeProvider time)
{
    private static readonly TimeSpan FullQueueDelay = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan TopicDelay = TimeSpan.FromMilliseconds(50);

    // A codec may keep buffers, so no two writes use one at a time.
    private readonly ConcurrentBag<IKafkaCodec<T>> _codecs = [];

    /// <summary>Returns when all in-sync replicas have every record.</summary>
    /// <exception cref="KafkaPublishException">Some or all were not acknowledged in time, or refused.</exception>
    public async Task WriteAsync(StreamId stream, IEnumerable<T> items)
    {
        var topic = TopicOf(stream);
        await WaitForTopicAsync(topic);
        var target = TargetOf(stream, topic);

        var countdown = new DeliveryCountdown();
        var codec = _codecs.TryTake(out var idle) ? idle : newCodec();
        var total = 0;
        try
        {
            Action<DeliveryReport<byte[]?, byte[]?>> report = countdown.Report;
            var headers = TraceHeaders();
            foreach (var item in items)
            {
                var (key, value) = codec.Encode(item);
                total++;
                await ProduceAsync(target, new Message<byte[]?, byte[]?> { Key = key, Value = value, Headers = headers }, countdown, report);
            }
        }
        finally
        {
            // Also when the codec or the caller's sequence threw: what was produced is waited for.
            _codecs.Add(codec);
            await countdown.CompleteAsync();
        }

        meters.Published(topic, total - countdown.Failed);
        if (countdown.Failed == 0) return;
        meters.PublishErrors(topic, countdown.Failed);
        producer.Examine(countdown.FirstError!);
        throw new KafkaPublishException(topic, countdown.Failed, total, countdown.FirstError!.ToString());
    }

    private async Task ProduceAsync(
        TopicPartition target,
        Message<byte[]?, byte[]?> message,
        DeliveryCountdown countdown,
        Action<DeliveryReport<byte[]?, byte[]?>> report)
    {
        countdown.Expect();
        while (true)
        {
            try
            {
                producer.Current.Produce(target, message, report);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                await Task.Delay(FullQueueDelay, time);
            }
            catch (ProduceException<byte[]?, byte[]?> error)
            {
                countdown.Refuse(error.Error);
                return;
            }
        }
    }

    private string TopicOf(StreamId stream)
    {
        var topic = stream.GetNamespace();
        if (options.Topics.FirstOrDefault(known => known.Name == topic) is { } found) return found.Name;
        throw new ArgumentException($"Topic '{topic}' of stream '{stream}' is not among the provider's topics: {string.Join(", ", options.Topics.Select(known => known.Name))}.");
    }

    private TopicPartition TargetOf(StreamId stream, string topic)
    {
        var key = stream.GetKeyAsString();
        if (key == KafkaStreams.ByKey) return new TopicPartition(topic, Partition.Any);
        var count = topology.Map.Count(topic) ?? 0;
        if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < count) return new TopicPartition(topic, number);
        throw new ArgumentException($"Stream key '{key}' is neither '{KafkaStreams.ByKey}' nor one of the {count} partitions of topic '{topic}'.");
    }

    /// <summary>Producing to a topic that is yet to be created could create it with the broker's own number of partitions.</summary>
    private async Task WaitForTopicAsync(string topic)
    {
        var started = time.GetTimestamp();
        while (topology.Map.Count(topic) is null)
        {
            if (time.GetElapsedTime(started) > options.PublishTimeout)
                throw new KafkaPublishException(topic, 0, 0, $"it was not seen within {options.PublishTimeout} on the cluster at {options.BootstrapServers}");
            await Task.Delay(TopicDelay, time);
        }
    }

    /// <summary>W3C trace context, one for all records of a batch.</summary>
    private static Headers? TraceHeaders()
    {
        if (Activity.Current is not { IdFormat: ActivityIdFormat.W3C, Id: { } id } activity) return null;
        var headers = new Headers { { "traceparent", Encoding.ASCII.GetBytes(id) } };
        if (activity.TraceStateString is { Length: > 0 } state) headers.Add("tracestate", Encoding.ASCII.GetBytes(state));
        return headers;
    }
}
