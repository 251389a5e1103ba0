namespace OptiBid.Gateway.Live.Feeds;

internal sealed partial class LiveFeedSubscriber
{
    [LoggerMessage(LogLevel.Warning, "The cluster does not answer ({Reason}); prices stand still until it does.")]
    private partial void LogClusterAway(string reason);

    [LoggerMessage(LogLevel.Information, "The cluster answers again.")]
    private partial void LogClusterBack();

    [LoggerMessage(LogLevel.Information, "Subscribed to the live feed of silo {Silo}.")]
    private partial void LogSubscribed(SiloAddress silo);

    [LoggerMessage(LogLevel.Warning, "The live feed of silo {Silo} does not answer: {Reason}")]
    private partial void LogTrouble(SiloAddress silo, string reason);

    [LoggerMessage(LogLevel.Information, "Silo {Silo} is gone.")]
    private partial void LogGone(SiloAddress silo);
}
