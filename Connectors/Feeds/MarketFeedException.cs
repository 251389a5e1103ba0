using System.Net;

namespace OptiBid.Connectors.Feeds;

/// <summary>A market could not be read: names the feed, what was wrong, and what to do where that is known.</summary>
public sealed class MarketFeedException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="feed">The feed's name.</param>
    /// <param name="problem">What was wrong, with the column or field.</param>
    /// <param name="inner">The error beneath, where there is one.</param>
    public MarketFeedException(string feed, string problem, Exception? inner = null)
        : base($"{feed}: {problem}", inner) => Feed = feed;

    /// <summary>The feed's name.</summary>
    public string Feed { get; }

    /// <summary>The status the market refused the call with, where it did.</summary>
    public HttpStatusCode? Status { get; init; }

    /// <summary>How long the market asked to be left alone, where it did.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
