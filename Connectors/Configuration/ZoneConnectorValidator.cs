using Microsoft.Extensions.Options;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Configuration;

/// <summary>Stops the start with one clear line when a zone's connector is configured wrongly.</summary>
internal sealed class ZoneConnectorValidator(MarketFeedNames feeds) : IValidateOptions<ZoneConnectorOptions>
{
    public ValidateOptionsResult Validate(string? name, ZoneConnectorOptions options) =>
        Problem(name ?? "", options) is { } problem
            ? ValidateOptionsResult.Fail($"{ZoneConnectorOptions.Section}:{name}:{problem}")
            : ValidateOptionsResult.Success;

    private string? Problem(string name, ZoneConnectorOptions options)
    {
        if (!MarketZones.TryParse(name, out var zone)) return $" is not a market zone; those are {string.Join(", ", MarketZones.All)}";
        if (!Enum.IsDefined(options.Feed)) return $"Feed: {options.Feed} is not one of {string.Join(", ", Enum.GetNames<FeedMode>())}";
        if (options.Feed != FeedMode.Off && feeds.All(zone, options.Feed).Count == 0)
            return $"Feed: {name} cannot be {options.Feed} yet; leave it Off";

        return BadUrl("BaseUrl", options.BaseUrl)
            ?? BadUrl("FilesBaseUrl", options.FilesBaseUrl)
            ?? BadUrl("OutlookBaseUrl", options.OutlookBaseUrl)
            ?? BadUrl("TokenUrl", options.TokenUrl)
            ?? (options.Username is null != options.Password is null ? "Username and Password: set both or neither" : null)
            ?? OutOf("PollSeconds", options.PollSeconds, 0.01, 86_400)
            ?? OutOf("RereadSeconds", options.RereadSeconds, 0, 86_400 * 7)
            ?? OutOf("LookbackHours", options.LookbackHours, 0, 24 * 365)
            ?? OutOf("OverlapMinutes", options.OverlapMinutes, 0, 60 * 24 * 7)
            ?? OutOf("Http:CallsPerMinute", options.Http.CallsPerMinute, 0.1, 6000)
            ?? OutOf("Http:Retries", options.Http.Retries, 0, 20)
            ?? OutOf("Http:RetrySeconds", options.Http.RetrySeconds, 0.001, 600)
            ?? OutOf("Http:TimeoutSeconds", options.Http.TimeoutSeconds, 0.1, 3600)
            ?? OutOf("Http:BodyMegabytes", options.Http.BodyMegabytes, 1, 1024)
            ?? OutOf("Http:UnpackedMegabytes", options.Http.UnpackedMegabytes, 1, 65_536)
            ?? OutOf("Simulator:Locations", options.Simulator.Locations, 1, 100_000)
            ?? BadLocation(options)
            ?? UnknownFeed(zone, options);
    }

    /// <summary>An address that may hold a password is not quoted: the line goes to the log.</summary>
    private static string? BadUrl(string key, string? url)
    {
        if (url is null) return null;
        if (url.Contains('@', StringComparison.Ordinal)) return $"{key}: must not hold a user name or password";
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Query.Length == 0
            ? null
            : $"{key}: \"{url}\" is not an absolute http or https address without a query";
    }

    private static string? OutOf(string key, double? value, double least, double most) =>
        value is null || (value >= least && value <= most) ? null : $"{key}: {value} is not between {least} and {most}";

    private static string? BadLocation(ZoneConnectorOptions options) =>
        options.Locations.Find(location => !LocationId.IsValidLocation(location) || location.AsSpan().IndexOfAny(";,&") >= 0) is { } bad
            ? $"Locations: \"{bad}\" is not a location id"
            : null;

    private string? UnknownFeed(MarketZone zone, ZoneConnectorOptions options)
    {
        if (options.Feed == FeedMode.Off) return null;
        var known = feeds.All(zone, options.Feed);
        return options.Feeds.Find(feed => MarketFeedNames.Match(known, feed) is null) is { } unknown
            ? $"Feeds: \"{unknown}\" is not one of {string.Join(", ", known)}"
            : null;
    }
}
