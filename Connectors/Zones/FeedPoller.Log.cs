using Microsoft.Extensions.Logging;

namespace OptiBid.Connectors.Zones;

internal sealed partial class FeedPoller
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}; asked again in {Seconds:0.0} s")]
    private partial void PollFailed(string problem, double seconds, Exception? error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Problem}")]
    private partial void Amiss(string problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: read again after {Failures} failed polls")]
    private partial void Recovered(string feed, int failures);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Feed}: {Rejected} of {Rows} rows refused, the first because {Reason}")]
    private partial void Rejected(string feed, int rejected, int rows, string reason);
}
