namespace OptiBid.Streams.Kafka.Commits;

/// <summary>From where a partition is to be read. A new one means: assign the partition anew.</summary>
/// <param name="Epoch">Number of the reading, never used twice by a silo.</param>
/// <param name="Offset">The first offset to read.</param>
/// <param name="NotBefore">Timestamp (<see cref="TimeProvider.GetTimestamp"/>) before which reading does not begin.</param>
internal sealed record ReadingStart(long Epoch, long Offset, long NotBefore);
