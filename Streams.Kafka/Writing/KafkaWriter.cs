using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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

        using var activity = KafkaActivities.Publish(topic);
        using var lease = producer.Rent();
        var countdown = new DeliveryCountdown();
        var codec = _codecs.TryTake(out var idle) ? idle : newCodec();
        var total = 0;
        try
        {
            Action<DeliveryReport<byte[]?, byte[]?>> report = countdown.Report;
            var trace = KafkaActivities.TraceHeaders();
            foreach (var item in items)
            {
                var message = MessageOf(codec.Encode(item), trace);
                total++;
                await ProduceAsync(lease.Client, target, message, countdown, report);
            }
        }
        finally
        {
            // Also when the codec or the caller's sequence threw: what was produced is waited for.
            _codecs.Add(codec);
            await countdown.CompleteAsync();
        }

        activity?.SetTag("messaging.batch.message_count", total);
        meters.Published(topic, total - countdown.Failed);
        if (countdown.Failed == 0) return;
        meters.PublishErrors(topic, countdown.Failed);
        lease.Examine(countdown.FirstError!);
        activity?.SetStatus(ActivityStatusCode.Error, countdown.FirstError!.Reason);
        throw new KafkaPublishException(topic, countdown.Failed, total, countdown.FirstError!.ToString());
    }

    private async Task ProduceAsync(
        IProducer<byte[]?, byte[]?> client,
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
                client.Produce(target, message, report);
                return;
            }
            catch (ProduceException<byte[]?, byte[]?> error) when (error.Error.Code == ErrorCode.Local_QueueFull)
            {
                await Task.Delay(FullQueueDelay, time);
            }
            catch (KafkaException error)
            {
                countdown.Refuse(error.Error);
                return;
            }
            catch (Exception)
            {
                // Whatever it was, no report will come for this record, and the caller must not wait for one.
                countdown.Refuse(new Error(ErrorCode.Local_Fail));
                throw;
            }
        }
    }

    private static Message<byte[]?, byte[]?> MessageOf(in KafkaRecord record, Headers? trace)
    {
        var headers = trace;
        if (record.Headers is { Count: > 0 } own)
        {
            headers = [];
            foreach (var (name, value) in own) headers.Add(name, value);
            foreach (var header in trace ?? []) headers.Add(header);
        }

        return new Message<byte[]?, byte[]?>
        {
            Key = record.Key,
            Value = record.Value,
            Headers = headers,
            Timestamp = record.Timestamp is { } timestamp ? new Timestamp(timestamp) : Timestamp.Default,
        };
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
}
