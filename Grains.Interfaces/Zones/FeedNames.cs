namespace OptiBid.Grains.Interfaces;

/// <summary>Names of feeds that have none of their own.</summary>
public static class FeedNames
{
    /// <summary>Records that could not be read, so that their source is not known.</summary>
    public const string Unreadable = "kafka:unreadable";

    /// <summary>Ticks that name no source.</summary>
    public const string Unnamed = "kafka:unnamed";

    /// <summary>Feeds beyond the number that a zone is counted by.</summary>
    public const string Others = "kafka:others";
}
