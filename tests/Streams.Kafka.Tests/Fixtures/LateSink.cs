using System.Collections.Concurrent;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>
/// An application that takes batches at once and makes them durable later, out of order, from a loop of each silo. What a
/// silo has not made durable when it dies is lost with it.
/// </summary>
internal sealed class LateSink : IAsyncDisposable
{
    private readonly ConcurrentDictionary<SiloAddress, Held> _held = new();
    private readonly ConcurrentDictionary<(int Partition, long Offset), bool> _durableOffsets = new();
    private readonly ConcurrentDictionary<string, bool> _durable = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _lost;

    public LateSink()
    {
        Sink = new Sink { OnBatch = TakeAsync };
        _loop = Task.Run(LoopAsync);
    }

    public Sink Sink { get; }

    /// <summary>Distinct records made durable.</summary>
    public int Durable => _durable.Count;

    /// <summary>Records lost with their silo after they were delivered, before they were durable.</summary>
    public int Lost => Volatile.Read(ref _lost);

    /// <summary>True while the last batch a silo holds is not made durable, so that it always has something to lose.</summary>
    public bool KeepsSome { get; set; } = true;

    /// <summary>Records delivered to a silo and not durable yet.</summary>
    public int WaitingAt(SiloAddress silo) => _held.TryGetValue(silo, out var held) ? held.Records : 0;

    /// <summary>Below it everything of a partition is durable.</summary>
    public long DurablePoint(int partition)
    {
        var point = 0L;
        while (_durableOffsets.ContainsKey((partition, point))) point++;
        return point;
    }

    /// <summary>The silo dies: from now on it makes nothing durable, and what it held is gone.</summary>
    public void Die(SiloAddress silo) => Interlocked.Add(ref _lost, _held.GetOrAdd(silo, _ => new Held()).Die());

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private Task TakeAsync(KafkaBatch<string> batch, ConsumerContext context)
    {
        context.MoveToReader(batch);
        _held.GetOrAdd(context.Silo, _ => new Held()).Add(batch, context.Committer);
        return Task.CompletedTask;
    }

    private async Task LoopAsync()
    {
        var random = new Random(11);
        while (!_stop.IsCancellationRequested)
        {
            foreach (var held in _held.Values) held.MakeSomeDurable(random, KeepsSome, MakeDurable);
            await Task.Delay(5, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void MakeDurable(KafkaBatch<string> batch)
    {
        foreach (var text in batch.Records) _durable[text] = true;
        for (var offset = batch.Position.FirstOffset; offset < batch.Position.NextOffset; offset++) _durableOffsets[(batch.Position.Partition, offset)] = true;
    }

    /// <summary>What one silo holds.</summary>
    private sealed class Held
    {
        private readonly Lock _lock = new();
        private readonly List<(KafkaBatch<string> Batch, IKafkaCommitter Committer)> _batches = [];
        private bool _dead;

        public int Records
        {
            get
            {
                lock (_lock) return _batches.Sum(entry => entry.Batch.Records.Length);
            }
        }

        public void Add(KafkaBatch<string> batch, IKafkaCommitter committer)
        {
            lock (_lock)
            {
                if (!_dead) _batches.Add((batch, committer));
            }
        }

        public int Die()
        {
            lock (_lock)
            {
                _dead = true;
                var lost = _batches.Sum(entry => entry.Batch.Records.Length);
                _batches.Clear();
                return lost;
            }
        }

        /// <summary>Half of what is held, in any order.</summary>
        public void MakeSomeDurable(Random random, bool keepsSome, Action<KafkaBatch<string>> makeDurable)
        {
            lock (_lock)
            {
                for (var count = (_batches.Count + (keepsSome ? 0 : 1)) / 2; count > 0; count--)
                {
                    var index = random.Next(_batches.Count);
                    var (batch, committer) = _batches[index];
                    _batches.RemoveAt(index);
                    makeDurable(batch);
                    committer.Complete(batch.Position);
                }
            }
        }
    }
}
