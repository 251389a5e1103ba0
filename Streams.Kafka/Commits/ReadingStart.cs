namespace OptiBid.Streams.Kafka.Commits;

/// <summary>Where an epoch begins.</summary>
/// <param name="Epoch">Its number, never used twice by a silo.</param>
/// <param name="Offset">The first offset to read; null for the one committed in Kafka.</param>
/// <param name="NotBefore">Timestamp (<see cref="TimeProvider.GetTimestamp"/>) before which reading does not begin.</param>
internal sealed record ReadingStart(long Epoch, long? Offset, long NotBefore);
