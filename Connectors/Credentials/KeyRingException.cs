namespace OptiBid.Connectors.Credentials;

/// <summary>Credentials cannot be encrypted: there is no key ring, or it cannot be used. Nothing was stored.</summary>
/// <param name="message">What is wrong and what to configure.</param>
/// <param name="inner">The cause.</param>
public sealed class KeyRingException(string message, Exception? inner = null) : Exception(message, inner);
