namespace OptiBid.History.Backups;

/// <summary>A backup could not be written or restored.</summary>
/// <param name="message">What was wrong and what to do.</param>
/// <param name="inner">What it came from, if anything.</param>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
