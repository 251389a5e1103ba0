namespace OptiBid.History;

/// <summary>
/// The history refuses something for what it is, and would refuse it again: a tick with text no store can hold,
/// or a number out of range. Nothing of the batch was written.
/// </summary>
/// <param name="message">What was refused, and why.</param>
/// <param name="inner">The driver's error, where it was the store that refused.</param>
public sealed class HistoryRejectedException(string message, Exception? inner = null) : Exception(message, inner);
