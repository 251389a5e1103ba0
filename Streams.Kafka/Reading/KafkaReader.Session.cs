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
        private readonly KafkaReader _reader;
        private readonly RecordScratch _key = new();
        private readonly RecordScratch _value = new();
        private readonly Dictionary<KafkaPartition, Assigned> _assigned = [];
        private Assigned? _latest;
        private bool _someHeld;
        private bool _someDelayed = true;
        private long _watermarksAt;

        public ReaderSession(KafkaReader reader)
        {
            _reader = reader;
            Client = new ConsumerBuilder<int, int>(ClientSettings.Consumer(reader._options))
                .SetKeyDeserializer(_key)
                .SetValueDeserializer(_value)
                .SetErrorHandler((_, error) => OnError(error))
                .SetLogHandler((_, message) => reader.LogClientMessage(message.Facility, message.Message))
                .Build();
        }

        public IConsumer<int, int> Client { get; }

        public void Poll(Action onRecord)
        {
            while (!_reader._stopped.IsSet)
            {
                if (_reader.TakeWanted() || _someDelayed) Reconcile();
                if (_someHeld) LetGoThoseWithRoom();
                ObserveWatermarks();

                try
                {
                    if (Client.Consume(_someHeld ? PressedPoll : IdlePoll) is not { } result) continue;
                    onRecord();
                    Accept(result);
                }
                catch (ConsumeException error) when (!error.Error.IsFatal)
                {
                    _reader._meters.ConsumerError();
                    _reader.LogConsumeError(error.Error.ToString());
                }
            }
        }

        public void Dispose()
        {
            // Not Close(): no group was joined, and nothing is committed that is not complete.
            lock (_reader._commitLock) _reader._client = null;
            Client.Dispose();
        }

        private void Reconcile()
        {
            var unassign = new List<TopicPartition>();
            var assign = new List<TopicPartitionOffset>();
            _someDelayed = false;

            foreach (var (partition, assigned) in _assigned.ToArray())
            {
                if (_reader.Find(partition) == assigned.Reading && assigned.Reading.Progress.Epoch == assigned.Start.Epoch) continue;
                if (!assigned.IsHeld) unassign.Add(Of(partition));
                _assigned.Remove(partition);
                _latest = null;
            }

            foreach (var reading in _reader.Readings)
            {
                if (_assigned.ContainsKey(reading.Partition)) continue;
                var start = reading.Progress.Start;
                if (start.NotBefore > _reader._time.GetTimestamp())
                {
                    _someDelayed = true;
                    continue;
                }

                _assigned[reading.Partition] = new Assigned(reading, start);
                assign.Add(new TopicPartitionOffset(Of(reading.Partition), start.Offset is { } offset ? new Offset(offset) : Offset.Stored));
            }

            if (unassign.Count > 0) Client.IncrementalUnassign(unassign);
            if (assign.Count > 0) Client.IncrementalAssign(assign);
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
            if (assigned.Next is { } expected && offset != expected) Examine(assigned, offset, expected);
            assigned.Next = offset + 1;
            assigned.IsFirst = false;
            if (_reader._contact.Trouble is not null) _reader._contact.Reached();

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

        /// <summary>
        /// Stops fetching a partition whose buffer is full, until there is room. Not by pausing it: the client is slow
        /// to notice that a paused partition was resumed, up to a second when all of a broker's partitions were
        /// paused, but fetches an assigned one at once.
        /// </summary>
        private void Hold(Assigned assigned)
        {
            Client.IncrementalUnassign([Of(assigned.Reading.Partition)]);
            assigned.IsHeld = _someHeld = true;
        }

        /// <summary>Offsets only ever grow; a smaller one is another log, a larger one leaves a gap.</summary>
        private void Examine(Assigned assigned, long offset, long expected)
        {
            if (offset < expected)
            {
                _reader.LogLogRestarted(assigned.Reading.Partition, offset, expected);
                assigned.Reading.Progress.Restart(offset);
                assigned.Start = assigned.Reading.Progress.Start;
                assigned.Reading.Buffer.StartEpoch(assigned.Start.Epoch);
            }
            else if (assigned.IsFirst)
            {
                _reader.LogGap(assigned.Reading.Partition, offset - expected, expected);
            }
        }

        private void LetGoThoseWithRoom()
        {
            _someHeld = false;
            foreach (var assigned in _assigned.Values)
            {
                if (!assigned.IsHeld) continue;
                if (!assigned.Reading.Buffer.HasRoom)
                {
                    _someHeld = true;
                    continue;
                }

                Client.IncrementalAssign([new TopicPartitionOffset(Of(assigned.Reading.Partition), assigned.Next!.Value)]);
                assigned.IsHeld = false;
            }
        }

        private void ObserveWatermarks()
        {
            if (_reader._time.GetElapsedTime(_watermarksAt) < WatermarkPeriod && _watermarksAt != 0) return;
            _watermarksAt = _reader._time.GetTimestamp();
            foreach (var assigned in _assigned.Values)
            {
                try
                {
                    // Known from the fetches; no call to the cluster.
                    var high = Client.GetWatermarkOffsets(Of(assigned.Reading.Partition)).High;
                    if (!high.IsSpecial) assigned.Reading.HighWatermark = high.Value;
                }
                catch (KafkaException)
                {
                    // Nothing fetched yet; the lag is not known and not shown.
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

            public ReadingStart Start { get; set; } = start;

            public long? Next { get; set; } = start.Offset;

            /// <summary>True while it is not fetched because its buffer is full.</summary>
            public bool IsHeld { get; set; }

            public bool IsFirst { get; set; } = true;
        }
    }

    private bool TakeWanted() => Volatile.Read(ref _wanted) && Interlocked.Exchange(ref _wanted, false);
}
