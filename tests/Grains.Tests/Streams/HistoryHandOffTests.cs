using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Streams;
using OptiBid.History;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Grains.Tests.Streams;

public sealed class HistoryHandOffTests
{
    private static readonly PriceTick[] Ticks = [Prices.Tick(0, 30)];
    private static readonly Task<bool> Arrived = Task.FromResult(true);

    private readonly Writer _writer = new();
    private readonly Committer _committer = new();
    private readonly DeadLetters _deadLetters = new();
    private readonly WrittenPrices _written = new();
    private readonly HistoryHandOff _handOff;

    public HistoryHandOffTests()
    {
        var meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();
        _handOff = new HistoryHandOff(_writer, _committer, _deadLetters, _written, new GrainInstruments(meters), NullLogger.Instance, CancellationToken.None);
    }

    private static KafkaBatchPosition At(long epoch, long offset) => new("market_data.pjm", 0, epoch, offset, offset + 1, SiloAddress.Zero);

    [Fact]
    public void Offer_NotYetDurable_IsNotComplete()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        Assert.Empty(_committer.Completed);

        _writer.Finish(durable: true);
        Assert.Equal([At(1, 0)], _committer.Completed);
    }

    [Fact]
    public void Offer_Durable_IsToldOnlyThen()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        Assert.Empty(_written.Take());
        _writer.Finish(durable: true);
        Assert.Single(_written.Take());
    }

    [Fact]
    public void Offer_WriterGivesUp_IsNotToldAsWritten()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        _writer.Finish(durable: false);
        Assert.Empty(_written.Take());
    }

    [Fact]
    public void Offer_NothingReadable_IsCompleteAtOnce()
    {
        _handOff.Offer(At(1, 0), [], Arrived);
        Assert.Equal([At(1, 0)], _committer.Completed);
    }

    [Fact]
    public async Task Offer_HistoryFull_ReadsAgainOnceThereIsRoom()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        _writer.IsFull = true;
        _handOff.Offer(At(1, 1), Ticks, Arrived);
        _writer.IsFull = false;
        _handOff.Offer(At(1, 2), Ticks, Arrived);

        // What follows in the same reading stays out: were it written, the commit point could pass the hole.
        Assert.Equal(1, _writer.Pending);
        Assert.Empty(_committer.Rewound);

        _writer.Room.SetResult();
        Assert.Equal(At(1, 1), await _committer.FirstRewind.Task.WaitAsync(TestContext.Current.CancellationToken));

        _handOff.Offer(At(2, 1), Ticks, Arrived);
        Assert.Equal(2, _writer.Pending);
    }

    [Fact]
    public async Task Offer_WriterGivesUpLater_ReadsAgain()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        _handOff.Offer(At(1, 1), Ticks, Arrived);
        _writer.Room.SetResult();
        _writer.Finish(durable: false);
        _writer.Finish(durable: false);

        Assert.Equal(At(1, 0), await _committer.FirstRewind.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_committer.Completed);
        Assert.Single(_committer.Rewound);
    }

    [Fact]
    public async Task Offer_StoreCanNeverTakeATick_BatchIsCompleteOnlyOnceItIsADeadLetter()
    {
        _handOff.Offer(At(1, 0), Ticks, Arrived);
        _writer.Finish(durable: true, new RejectedTick(Ticks[0], "no such zone"));

        var (batch, tick, reason) = await _deadLetters.First.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal((At(1, 0), Ticks[0]), (batch, tick));
        Assert.Contains("no such zone", reason, StringComparison.Ordinal);
        Assert.Empty(_committer.Completed);

        _deadLetters.Acknowledged.SetResult();
        Assert.Equal(At(1, 0), await _committer.FirstCompletion.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Offer_AlertsOnTheirWay_IsCompleteOnlyOnceTheyHaveArrived()
    {
        var arrival = new TaskCompletionSource<bool>();
        _handOff.Offer(At(1, 0), Ticks, arrival.Task);
        _writer.Finish(durable: true);
        Assert.Empty(_committer.Completed);

        arrival.SetResult(true);
        Assert.Equal(At(1, 0), await _committer.FirstCompletion.Task.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Offer_AlertsThatMustBeFoundAgain_ReadsAgain()
    {
        _writer.Room.SetResult();
        _handOff.Offer(At(1, 0), Ticks, Task.FromResult(false));
        _writer.Finish(durable: true);
        Assert.Equal(At(1, 0), await _committer.FirstRewind.Task.WaitAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_committer.Completed);
    }

    private sealed class DeadLetters : IKafkaDeadLetters<PriceTick>
    {
        public TaskCompletionSource<(KafkaBatchPosition Batch, PriceTick Tick, string Reason)> First { get; } = new();

        public TaskCompletionSource Acknowledged { get; } = new();

        public Task WriteAsync(KafkaBatchPosition batch, PriceTick record, string reason, CancellationToken cancellationToken)
        {
            First.TrySetResult((batch, record, reason));
            return Acknowledged.Task.WaitAsync(cancellationToken);
        }
    }

    private sealed class Writer : IHistoryWriter
    {
        private readonly Queue<Action<AppendOutcome>> _pending = new();

        public bool IsFull { get; set; }

        public int Pending => _pending.Count;

        public TaskCompletionSource Room { get; } = new();

        public bool TryAppend(ReadOnlyMemory<PriceTick> ticks, Action<AppendOutcome> completed)
        {
            if (!IsFull) _pending.Enqueue(completed);
            return !IsFull;
        }

        public Task WaitForRoomAsync(CancellationToken cancellationToken) => Room.Task.WaitAsync(cancellationToken);

        public void Finish(bool durable, params RejectedTick[] rejected) => _pending.Dequeue()(new AppendOutcome(durable, rejected));
    }

    private sealed class Committer : IKafkaCommitter
    {
        public List<KafkaBatchPosition> Completed { get; } = [];

        public List<KafkaBatchPosition> Rewound { get; } = [];

        public TaskCompletionSource<KafkaBatchPosition> FirstRewind { get; } = new();

        public TaskCompletionSource<KafkaBatchPosition> FirstCompletion { get; } = new();

        public void Complete(in KafkaBatchPosition position)
        {
            Completed.Add(position);
            FirstCompletion.TrySetResult(position);
        }

        public void Rewind(in KafkaBatchPosition position, string reason)
        {
            Rewound.Add(position);
            FirstRewind.TrySetResult(position);
        }
    }
}
