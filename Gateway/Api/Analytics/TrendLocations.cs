using System.Security.Claims;
using OptiBid.Gateway.Api.Prices;
using OptiBid.Gateway.Api.Problems;
using OptiBid.Gateway.Live;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Analytics;

/// <summary>The locations that a call means.</summary>
/// <param name="Known">Those that the directory or the live prices know.</param>
/// <param name="Possible">These, and those that only the history may know.</param>
internal sealed record TrendLocations(IReadOnlySet<LocationId> Known, IReadOnlySet<LocationId> Possible)
{
    /// <exception cref="ApiProblem">Several locations of a zone bear a name, or no zone and not the history has a location.</exception>
    public static async Task<TrendLocations> FindAsync(
        ZoneSet zones, IReadOnlyList<string> texts, ClaimsPrincipal caller, LocationLookup lookup, HistoryReading reading, DateTimeOffset start, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var (known, possible) = (new HashSet<LocationId>(), new HashSet<LocationId>());
        MarketZone[] all = [.. zones.Enumerate()];
        foreach (var text in texts)
        {
            var isKnown = false;
            foreach (var zone in all)
            {
                var found = lookup.FindOrDefault(zone, text, caller);
                possible.Add(found ?? new LocationId(zone, text));
                if (found is not { } id) continue;
                known.Add(id);
                isKnown = true;
            }

            // The history may hold a location that no directory names, so only its silence says that there is none.
            if (!isKnown && !await reading.AnyAsync(new PriceQuery { Zones = all, Locations = [text], Start = start, End = end }, cancellationToken))
                throw ApiProblem.UnknownLocation(string.Join(", ", all.Select(static zone => zone.Name())), text);
        }

        return new TrendLocations(known, possible);
    }
}
