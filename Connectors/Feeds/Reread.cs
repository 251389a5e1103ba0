namespace OptiBid.Connectors.Feeds;

/// <summary>
/// What a feed reads again behind its cursor: for what the market corrects, adds or posts late, and after a start also for
/// what was published and did not reach the history.
/// </summary>
/// <param name="Span">Market time before the cursor that is read again.</param>
/// <param name="Every">Pause between two such readings, zero for every poll; null when only the first poll after a start is one.</param>
public readonly record struct Reread(TimeSpan Span, TimeSpan? Every);
