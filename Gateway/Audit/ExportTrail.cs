using System.Globalization;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Audit;

/// <summary>What a call took out of the history as a file, for the record; a feature of its request.</summary>
internal sealed class ExportTrail
{
    private const int LocationsNamed = 10;

    private ExportTrail(HistoryRequest request)
    {
        Target = TargetOf(request.Query.Zones, request.Query.Locations);
        Format = request.Format.ToString().ToUpperInvariant();
        Range = string.Create(CultureInfo.InvariantCulture, $"{request.Query.Start.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}/{request.Query.End.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}");
    }

    /// <summary>The zones and locations asked for, in short.</summary>
    public string Target { get; }

    public string Format { get; }

    /// <summary>From when to when.</summary>
    public string Range { get; }

    /// <summary>Rows handed to the connection; null as long as none was on its way.</summary>
    public long? Rows { get; set; }

    /// <summary>How the writing of rows ended: <c>complete</c>, <c>broken</c> by the history, or <c>aborted</c> by the client; null when it did not come to that.</summary>
    public string? Ended { get; set; }

    /// <summary>Notes that a call is an export, if it is one.</summary>
    public static void Begin(HttpContext context, HistoryRequest request)
    {
        if (request.Format != ResponseFormat.Json) context.Features.Set(new ExportTrail(request));
    }

    /// <summary>How it ended, in a word.</summary>
    public string Outcome(HttpContext context) =>
        Ended ?? (context.RequestAborted.IsCancellationRequested ? "aborted"
        : context.Response.StatusCode is >= StatusCodes.Status400BadRequest and < StatusCodes.Status500InternalServerError ? "refused"
        : "failed");

    private static string TargetOf(IReadOnlyList<MarketZone> zones, IReadOnlyList<string> locations)
    {
        var names = zones.Count == 0 || zones.Count == MarketZones.All.Count ? "all zones" : string.Join(", ", zones.Select(static zone => zone.Name()));
        var more = locations.Count > LocationsNamed ? $" and {locations.Count - LocationsNamed} more" : "";
        return locations.Count == 0 ? names : $"{names}: {string.Join(", ", locations.Take(LocationsNamed))}{more}";
    }
}
