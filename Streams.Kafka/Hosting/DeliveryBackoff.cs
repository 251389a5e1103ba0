using Orleans.Runtime.Providers;

namespace OptiBid.Streams.Kafka.Hosting;

/// <summary>
/// Pauses between attempts to deliver a batch: short at first, because a consumer that has just moved to another
/// silo is there in a moment, then longer.
/// </summary>
internal sealed class DeliveryBackoff : IMessageDeliveryBackoffProvider
{
    private const int FirstMs = 20;
    private const int LongestMs = 5_000;

    public TimeSpan Next(int attempt) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestMs, (long)FirstMs << Math.Clamp(attempt, 0, 20)));
}
