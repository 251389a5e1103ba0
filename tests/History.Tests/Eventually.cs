using System.Diagnostics;

namespace OptiBid.History.Tests;

/// <summary>Waits for what another process or thread brings about.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        var deadline = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(deadline.Elapsed < TimeSpan.FromSeconds(seconds), $"Not within {seconds} s: {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static Task TrueAsync(Func<bool> condition, string what, int seconds = 30) => TrueAsync(() => Task.FromResult(condition()), what, seconds);
}
