using System.ComponentModel;

namespace OptiBid.Gateway.Caching;

/// <summary>An answer as it goes out, and when its reading began.</summary>
/// <param name="Reading">When its reading began.</param>
/// <param name="Body">The JSON; not to be changed.</param>
/// <param name="Tag">Its entity tag.</param>
[ImmutableObject(true)]
internal sealed record KeptAnswer(ReadingStart Reading, ReadOnlyMemory<byte> Body, string Tag)
{
    /// <summary>The place of its completion among what this process did; 0 for one out of the shared level.</summary>
    public long Completed { get; init; }
}
