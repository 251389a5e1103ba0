using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Quality;

/// <summary>
/// Findings on their way to one receiver that may be away: kept in order and offered again. Bounded; of those that wait the oldest go
/// first. Findings may be added while others are delivered; deliver with one caller at a time.
/// </summary>
/// <param name="deliver">Delivers some; all or none.</param>
/// <param name="isAway">True for an error after which it is tried again.</param>
internal sealed class PendingFindings(Func<IReadOnlyList<QualityEvent>, Task> deliver, Predicate<Exception> isAway)
{
    private const int AtOnce = 1_000;
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly Queue<QualityEvent> _waiting = new();
    private readonly List<QualityEvent> _sent = [];

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public Exception? Trouble { get; private set; }

    /// <summary>Findings given up because too many waited.</summary>
    public long GivenUp { get; private set; }

    public void Add(QualityEvent finding)
    {
        lock (_gate)
        {
            if (_waiting.Count == Most)
            {
                _ = _waiting.Dequeue();
                GivenUp++;
            }

            _waiting.Enqueue(finding);
        }
    }

    /// <summary>Delivers what waits, until all of it is delivered or the receiver is away.</summary>
    public async Task FlushAsync()
    {
        while (Take())
        {
            try
            {
                await deliver(_sent);
                _sent.Clear();
                Trouble = null;
            }
            catch (Exception error) when (isAway(error))
            {
                Trouble = error;
                return;
            }
            catch
            {
                // What no attempt can deliver must not keep the rest.
                GivenUp += _sent.Count;
                _sent.Clear();
                throw;
            }
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            while (_sent.Count < AtOnce && _waiting.TryDequeue(out var finding)) _sent.Add(finding);
        }

        return _sent.Count > 0;
    }
}
