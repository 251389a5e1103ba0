namespace OptiBid.History.Postgres;

/// <summary>
/// Guesses whether a batch is all new, in which case it can be copied straight into the table at about twice the
/// speed. A wrong guess costs the copy so far; after one, a run of batches without a repetition is asked for
/// before the next guess, twice as long each time.
/// </summary>
internal sealed class DirectCopyGuess
{
    private const int LongestRun = 64;
    private readonly Lock _gate = new();
    private int _runAsked = 1;
    private int _runLeft;

    public bool IsNew
    {
        get
        {
            lock (_gate) return _runLeft == 0;
        }
    }

    public void WasNew()
    {
        lock (_gate) _runAsked = Math.Max(1, _runAsked - 1);
    }

    public void WasNotNew()
    {
        lock (_gate)
        {
            _runLeft = _runAsked;
            _runAsked = Math.Min(LongestRun, _runAsked * 2);
        }
    }

    /// <summary>A staged batch went in; <paramref name="allNew"/> when none of it was there before.</summary>
    public void Staged(bool allNew)
    {
        lock (_gate) _runLeft = allNew ? Math.Max(0, _runLeft - 1) : Math.Max(_runLeft, 1);
    }
}
