namespace OptiBid.Silo.Hosting;

/// <summary>The configuration does not allow a start; the message is the one line the operator needs.</summary>
/// <param name="message">Which key, which value, and what to do.</param>
public sealed class StartRefusedException(string message) : Exception(message);
