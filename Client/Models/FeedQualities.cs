namespace OptiBid.Client.Models;

/// <summary>What each feed delivered.</summary>
public sealed record FeedQualities
{
    /// <summary>When it was asked, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Feeds and hours, newest first.</summary>
    public required IReadOnlyList<FeedQuality> Items { get; init; }

    /// <summary>What could not be read: `present`, `past`; absent when all could.</summary>
    public IReadOnlyList<string>? Unknown { get; init; }
}
