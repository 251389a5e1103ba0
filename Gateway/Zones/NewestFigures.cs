using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Zones;

/// <summary>
/// The zones' figures, worked out of the gateway's own table when somebody asks, so that they agree with the prices it shows: once a
/// second at the most, and not again while no price has moved, however many ask.
/// </summary>
internal sealed class NewestFigures(LivePrices prices, TimeProvider clock)
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private IReadOnlyList<ZoneFigures> _figures = [];
    private long _position = -1;
    private DateTimeOffset _takenAt;

    public IReadOnlyList<ZoneFigures> Get()
    {
        lock (_gate)
        {
            var (now, head) = (clock.GetUtcNow(), prices.Journal.Head);
            if (head == _position || _position >= 0 && now - _takenAt < Keep && now >= _takenAt) return _figures;

            _figures = ZoneFigures.Of(prices.Matching(new PriceFilter(ZoneSet.All, null, [])));
            (_position, _takenAt) = (head, now);
            return _figures;
        }
    }

    /// <summary>A zone's figures by which it is summed up: those of its real-time prices with the shortest interval, or else of the day-ahead ones; null for none.</summary>
    public ZoneFigures? Main(MarketZone zone) => Get().FirstOrDefault(figures => figures.Zone == zone);
}
