using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

internal sealed partial class ZoneConnectorGrain
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: read up to {Cursor:u} so far, going on")]
    private partial void GoingOn(string feed, DateTimeOffset cursor);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Feed}: nothing read so far, starting {Hours:0.#} h back")]
    private partial void StartingAfresh(string feed, double hours);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another activation of the {Zone} connector is at work; this one ends")]
    private partial void Superseded(MarketZone zone, Exception error);
}
