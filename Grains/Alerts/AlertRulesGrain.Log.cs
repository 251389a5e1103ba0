using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

internal sealed partial class AlertRulesGrain
{
    [LoggerMessage(LogLevel.Warning, "A user's rules cannot do what is due; it is tried again every second.")]
    private partial void LogTrouble(Exception error);

    [LoggerMessage(LogLevel.Information, "A user's rules do again what is due.")]
    private partial void LogBack();

    [LoggerMessage(LogLevel.Warning, "{Count} alerts did not reach the alerts topic; they are told again: {Reason}")]
    private partial void LogNotPublished(int count, string reason);

    [LoggerMessage(LogLevel.Warning, "The board of {Zone} does not take a user's rules; it is tried again: {Reason}")]
    private partial void LogNotPosted(MarketZone zone, string reason);
}
