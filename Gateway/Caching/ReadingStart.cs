namespace OptiBid.Gateway.Caching;

/// <summary>When the reading of an answer began.</summary>
/// <param name="Gateway">The run of a gateway that read: drawn at its start.</param>
/// <param name="Number">What that gateway had been told of until then, as a number that grows with everything it is told.</param>
/// <param name="At">The time by that gateway's clock, UTC.</param>
internal readonly record struct ReadingStart(long Gateway, long Number, DateTimeOffset At);
