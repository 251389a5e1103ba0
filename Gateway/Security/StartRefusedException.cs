namespace OptiBid.Gateway.Security;

/// <summary>The host must not start like this; the message is the one line to show.</summary>
internal sealed class StartRefusedException(string message) : Exception(message);
