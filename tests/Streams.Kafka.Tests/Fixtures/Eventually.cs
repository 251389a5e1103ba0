using System.Diagnostics;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>Waits for something that happens in its own time.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition, string what, int seconds = 30)
    {
        var waited = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(seconds), $"not within {seconds} s: {what}");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public static async Task EqualAsync<T>(T expected, Func<T> actual, int seconds = 30)
    {
        var waited = Stopwatch.StartNew();
        while (!EqualityComparer<T>.Default.Equals(actual(), expected) && waited.Elapsed < TimeSpan.FromSeconds(seconds))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(expected, actual());
    }

    public static async Task EqualAsync(long[] expected, Func<long[]> actual, int seconds = 30)
    {
        var waited = Stopwatch.StartNew();
        while (!actual().SequenceEqual(expected) && waited.Elapsed < TimeSpan.FromSeconds(seconds))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(expected, actual());
    }
}
