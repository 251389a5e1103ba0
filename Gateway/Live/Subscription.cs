using System.Runtime.CompilerServices;
using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Live;

/// <summary>
/// One connection's conflated view: a snapshot, then at most so many sends a second, each with the newest price of
/// what changed. The sends of different connections are staggered by their phase.
/// </summary>
/// <remarks>
/// The consumer asks for the next batch when the last one is on its way, so a client that reads slowly slows
/// its own sends and nothing else. It counts as slow when a send took so long that at least
/// <see cref="SkippedSends"/> later ones fell due meanwhile; what was passed over then is reported as missed.
/// What is passed over between two sends in time is the conflation the client asked for, and is not.
/// </remarks>
internal sealed class Subscription(LivePrices prices, LiveInstruments instruments, PriceFilter filter, SendRate rate, TimeProvider clock)
{
    /// <summary>Sends a client must be late by to count as slow.</summary>
    public const int SkippedSends = 2;

    private readonly PriceReader _reader = new(prices, filter);
    private readonly List<LivePrice> _taken = [];

    /// <summary>Time between two sends.</summary>
    public TimeSpan Period => rate.Period;

    public long Position => _reader.Position;

    public PriceView[] TakeSnapshot() => Views(_reader.TakeSnapshot());

    /// <summary>A batch at each due time, also when nothing changed, until cancelled.</summary>
    public async IAsyncEnumerable<PriceBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        using var counted = instruments.Subscribed();
        var due = rate.FirstDelay;
        var skipped = 0;
        while (true)
        {
            var wait = due - clock.GetElapsedTime(start);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();

            _taken.Clear();
            var passed = _reader.TakeNewest(_taken);
            var missed = skipped >= SkippedSends ? passed : 0;
            instruments.Missed(missed);
            yield return new PriceBatch(Views(_taken), _reader.Position, missed);

            due = rate.Next(due, clock.GetElapsedTime(start), out skipped);
        }
    }

    private static PriceView[] Views(List<LivePrice> taken) => taken.Count == 0 ? [] : [.. taken.Select(static price => price.View)];
}
