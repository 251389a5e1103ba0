using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Zones;

/// <summary>Where a poller's ticks go.</summary>
internal interface IPricePublisher
{
    /// <summary>Publishes ticks in their order; when the task has completed they are acknowledged.</summary>
    Task PublishAsync(PriceTick[] ticks);

    /// <summary>Remembers how far a feed has been read and published.</summary>
    Task SaveCursorAsync(string feed, DateTimeOffset cursor);
}
