using System.Diagnostics;

namespace OptiBid.Gateway.Tests;

/// <summary>Waits for a condition that another thread brings about, up to a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Deadline, what);
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
