using System.Diagnostics;

namespace OptiBid.ProductProcess;

/// <summary>Waits for another process to get somewhere: asks again and again, up to a deadline.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within the patience; says what was waited for.</exception>
    public static async Task TrueAsync(
        Func<Task<bool>> condition, TimeSpan patience, Func<string> failure, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > patience) throw new TimeoutException(failure());
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
