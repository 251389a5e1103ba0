using Confluent.Kafka;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Reading;

internal sealed partial class KafkaReader
{
    /// <summary>The life of one client: all of it on the reader's thread.</summary>
    private sealed class ReaderSession : IDisposable
    {
        private static readonly TimeSpan WatermarkPeriod = TimeSpan.FromSeconds(1);

        private readonly KafkaReader _reader;
        private readonly IConsumer<int, int> _client;
        private readonly RecordScratch _key = new();
        private readonly RecordScratch _value = new();
        private readonly Dictionary<KafkaPartition, Assigned> _assigned = [];
        private Assigned? _latest;
        private bool _someHeld;
        private long _letGoAt;
        private long _reconcileAt = long.MinValue;
        private long _watermarksAt = long.MinValue;

        public ReaderSession(KafkaReader reader)
        {
            _reader = reader;
            _client = new ConsumerBuilder<int, int>(ClientSettings.Consumer(reader._options))
                .SetKeyDeserializer(_key)
                .SetValueDeserializer(_value)
                .SetErrorHandler((_, error) => OnError(error))
                .SetLogHandler((_, message) => reader.LogClientMessage(message.Facility, message.Message))
                .Build();
        }

        public void Poll(Action onRecord)
        {
            while (!_reader._stopped.IsSet)
            {
                // Once a record, so nothing here but comparisons unless something is due.
                var now = _reader._time.GetTimestamp();
                if (_reader.TakeWanted() || now >= _reconcileAt) Reconcile(now);
                if (_someHeld && now >= _letGoAt) LetGoThoseWithRoom(now);
                if (now >= _watermarksAt) ObserveWatermarks(now);

                try
                {
                    if (_client.Consume(_someHeld ? PressedPoll : IdlePoll) is not { } result) continue;
                    onRecord();
                    Accept(result);
                }
                catch (ConsumeException error) when (!error.Error.IsFatal)
                {
                    OnConsumeError(error);
                }
            }
        }

        // Not Close(): no group was joined, and nothing is committed that is not complete.
        public void Dispose() => _client.Dispose();

        private void Reconcile(long now)
        {
            var unassign = new List<TopicPartition>();
            var assign = new List<TopicPartitionOffset>();
            _reconcileAt = long.MaxValue;

            foreach (var (partition, assigned) in _assigned.ToArray())
            {
                if (_reader.Find(partition) == assigned.Reading && ReferenceEquals(assigned.Reading.Progress.Start, assigned.Start)) continue;
                if (!assigned.IsHeld) unassign.Add(Of(partition));
                assigned.Reading.IsHeld = false;
                _assigned.Remove(partition);
                _latest = null;
            }

            foreach (var reading in _reader.Readings)
            {
                if (_assigned.ContainsKey(reading.Partition) || reading.Progress.Start is not { } start) continue;
                if (start.NotBefore > now)
                {
                    _reconcileAt = Math.Min(_reconcileAt, start.NotBefore);
                    continue;
                }

                _assigned[reading.Partition] = new Assigned(reading, start);
                assign.Add(new TopicPartitionOffset(Of(reading.Partition), start.Offset));
            }

            if (unassign.Count > 0) _client.IncrementalUnassign(unassign);
            if (assign.Count > 0) _client.IncrementalAssign(assign);
        }

        private void Accept(ConsumeResult<int, int> result)
        {
            var partition = new KafkaPartition(result.Topic, result.Partition);
            var assigned = _latest;
            if (assigned is null || assigned.Reading.Partition != partition)
            {
                if (!_assigned.TryGetValue(partition, out assigned)) return;
                _latest = assigned;
            }

            var offset = result.Offset.Value;
            if (offset < assigned.Next) return;
            assigned.Next = offset + 1;
            if (!_reader._contact.IsReached) _reader._contact.Reached();

            var message = result.Message;
            var buffer = assigned.Reading.Buffer;
            var appended = buffer.TryAppend(
                assigned.Start.Epoch,
                offset,
                message.Timestamp.UnixTimestampMs,
                _key.Take(message.Key),
                message.Key >= 0,
                _value.Take(message.Value),
                message.Value >= 0,
                message.Headers is { Count: > 0 } headers ? headers : null);

            if (appended && !assigned.IsHeld && buffer.IsFull) Hold(assigned);
        }

        private void OnConsumeError(ConsumeException error)
        {
            _reader._meters.ConsumerError();
            _reader.LogConsumeError(error.Error.ToString());
            if (error.Error.Code is not (ErrorCode.Local_AutoOffsetReset or ErrorCode.Local_LogTruncation or ErrorCode.OffsetOutOfRange)) return;

            // The client stops here, as it is set to; the committer asks where the log is and reading goes on there.
            var place = error.ConsumerRecord.TopicPartition;
            if (_assigned.TryGetValue(new KafkaPartition(place.Topic, place.Partition.Value), out var assigned))
                assigned.Reading.Progress.MarkOutOfLog(assigned.Start, assigned.Next);
        }

        /// <summary>
        /// Stops fetching a partition whose buffer is full, until there is room. Not by pausing it: the client is slow
        /// to notice that a paused partition was resumed, up to a second when all of a broker's partitions were
        /// paused, but fetches an assigned one at once.
        /// </summary>
        private void Hold(Assigned assigned)
        {
            _client.IncrementalUnassign([Of(assigned.Reading.Partition)]);
            assigned.IsHeld = _someHeld = true;
            assigned.Reading.IsHeld = true;
        }

        private void LetGoThoseWithRoom(long now)
        {
            _someHeld = false;
            _letGoAt = now + (long)(PressedPoll.TotalSeconds * _reader._time.TimestampFrequency);
            foreach (var assigned in _assigned.Values)
            {
                if (!assigned.IsHeld) continue;
                if (!assigned.Reading.Buffer.HasRoom)
                {
                    _someHeld = true;
                    continue;
                }

                _client.IncrementalAssign([new TopicPartitionOffset(Of(assigned.Reading.Partition), assigned.Next)]);
                assigned.IsHeld = assigned.Reading.IsHeld = false;
            }
        }

        private void ObserveWatermarks(long now)
        {
            _watermarksAt = now + (long)(WatermarkPeriod.TotalSeconds * _reader._time.TimestampFrequency);
            foreach (var assigned in _assigned.Values)
            {
                if (assigned.IsHeld) continue;
                try
                {
                    // Known from the fetches; no call to the cluster.
                    var high = _client.GetWatermarkOffsets(Of(assigned.Reading.Partition)).High;
                    if (!high.IsSpecial) assigned.Reading.SeeEnd(high.Value);
                }
                catch (KafkaException)
                {
                    // Nothing fetched yet.
                }
            }
        }

        private void OnError(Error error)
        {
            if (error.Code == ErrorCode.Local_AllBrokersDown) _reader._contact.Lost(error.Reason);
            _reader.LogClientError(error.ToString());
        }

        private static TopicPartition Of(in KafkaPartition partition) => new(partition.Topic, partition.Number);

        /// <summary>A partition as the client has it.</summary>
        private sealed class Assigned(PartitionReading reading, ReadingStart start)
        {
            public PartitionReading Reading { get; } = reading;

            public ReadingStart Start { get; } = start;

            /// <summary>The offset to read next.</summary>
            public long Next { get; set; } = start.Offset;

            /// <summary>True while it is not fetched because its buffer is full.</summary>
            public bool IsHeld { get; set; }
        }
    }
}
