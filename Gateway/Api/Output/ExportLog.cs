namespace OptiBid.Gateway.Api.Output;

internal static partial class ExportLog
{
    [LoggerMessage(LogLevel.Warning, "An export broke off because the history went away: {Reason}")]
    public static partial void Broken(ILogger log, string reason);
}
