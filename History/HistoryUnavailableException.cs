namespace OptiBid.History;

/// <summary>The history cannot be reached, or refuses the operation for now; the same call may succeed later.</summary>
/// <param name="message">What was tried, and what the store answered.</param>
/// <param name="inner">The driver's error.</param>
public sealed class HistoryUnavailableException(string message, Exception inner) : Exception(message, inner);
