using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.Writing;

internal sealed partial class HistoryWriter
{
    [LoggerMessage(LogLevel.Warning, "The history does not take writes; they are held and tried again.")]
    private partial void LogStoreAway(Exception error);

    [LoggerMessage(LogLevel.Debug, "The history still does not take writes: {Reason}")]
    private partial void LogStoreStillAway(string reason);

    [LoggerMessage(LogLevel.Information, "The history takes writes again after {Lasted}.")]
    private partial void LogStoreBack(TimeSpan lasted);

    [LoggerMessage(LogLevel.Warning, "The history has been away for {Lasted}; {Count} ticks are given up and will be read again from Kafka.")]
    private partial void LogGivingUp(TimeSpan lasted, int count);

    [LoggerMessage(LogLevel.Error, "The history will never take the tick {Zone}/{Location} {PriceType} {Timestamp} at {Price} $/MWh (sequence {Sequence}); it is set aside.")]
    private partial void LogSetAside(MarketZone zone, string? location, PriceType priceType, DateTimeOffset timestamp, double price, long sequence, Exception error);

    [LoggerMessage(LogLevel.Error, "What was to be told when ticks were written failed.")]
    private partial void LogAnswerFailed(Exception error);

    [LoggerMessage(LogLevel.Warning, "{Count} ticks were not written within {Patience} of the host's stop; they will be read again from Kafka.")]
    private partial void LogNotFlushed(int count, TimeSpan patience);
}
