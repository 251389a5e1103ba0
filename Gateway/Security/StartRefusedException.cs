using Microsoft.Extensions.Options;

namespace OptiBid.Gateway.Security;

/// <summary>The host must not start like this; the message is the one line to show.</summary>
internal sealed class StartRefusedException(string message) : Exception(message)
{
    /// <summary>The line to show instead of a stack trace, where it is the configuration that is wrong; null for any other fault.</summary>
    public static string? LineOf(Exception error) => error switch
    {
        StartRefusedException => error.Message,
        OptionsValidationException wrong => string.Join(' ', wrong.Failures),
        AggregateException { InnerExceptions: [var only] } => LineOf(only),
        _ => null,
    };
}
