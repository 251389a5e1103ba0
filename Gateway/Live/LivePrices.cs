using System.Collections.Concurrent;
using OptiBid.Gateway.Api.Output;
using OptiBid.Gateway.Locations;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>
/// The gateway's table of newest prices, one per location and price type. Snapshots, updates and what was read
/// from the history meet here in any order; the gate lets in only what supersedes the price that is shown, so
/// nobody behind it ever sees a price go backwards. Written under one lock, read without.
/// </summary>
internal sealed class LivePrices
{
    private readonly Lock _write = new();
    private readonly ConcurrentDictionary<LocationId, LiveLocation> _places = new();
    private readonly LocationCatalog _catalog;
    private readonly LiveInstruments _instruments;
    private LiveLocation[] _ordered = [];
    private int _count;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LivePrices(LocationCatalog catalog, LiveInstruments instruments, int journalCapacity)
    {
        _catalog = catalog;
        _instruments = instruments;
        Journal = new PriceJournal(journalCapacity);
        catalog.Changed += Rename;
    }

    public PriceJournal Journal { get; }

    public int LocationCount => Volatile.Read(ref _count);

    /// <summary>Offers prices to the gate.</summary>
    /// <returns>How many got in.</returns>
    public int Accept(ReadOnlySpan<PriceUpdate> updates)
    {
        var accepted = 0;
        TaskCompletionSource? changed = null;
        lock (_write)
        {
            foreach (ref readonly var update in updates)
            {
                if (Accept(update)) accepted++;
            }

            if (accepted > 0)
            {
                changed = _changed;
                _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        changed?.SetResult();
        _instruments.Accepted(accepted, updates.Length - accepted);
        return accepted;
    }

    public LiveLocation? Find(LocationId id) => _places.GetValueOrDefault(id);

    /// <summary>All locations by zone and location text. The same array until a location is added.</summary>
    public LiveLocation[] Ordered()
    {
        var ordered = Volatile.Read(ref _ordered);
        if (ordered.Length == LocationCount) return ordered;

        ordered = [.. _places.Select(static pair => pair.Value)];
        Array.Sort(ordered);
        Volatile.Write(ref _ordered, ordered);
        return ordered;
    }

    /// <summary>Every newest price that the filter lets through, in no order.</summary>
    public IEnumerable<LivePrice> Matching(PriceFilter filter)
    {
        var places = filter.Locations is { } ids ? ids.Select(Find) : _places.Select(static pair => (LiveLocation?)pair.Value);
        foreach (var place in places)
        {
            if (place is null || !filter.Zones.Contains(place.Id.Zone)) continue;
            foreach (var type in PriceTypes.All)
            {
                if (filter.Contains(type) && place.Newest(type) is { } price) yield return price;
            }
        }
    }

    /// <summary>Completes when a price got in behind <paramref name="position"/>.</summary>
    public Task WaitForChangeAsync(long position, CancellationToken cancellationToken)
    {
        lock (_write)
        {
            return Journal.Head > position ? Task.CompletedTask : _changed.Task.WaitAsync(cancellationToken);
        }
    }

    private bool Accept(in PriceUpdate update)
    {
        var id = update.Tick.LocationId;
        if (!_places.TryGetValue(id, out var place))
        {
            _places[id] = place = new LiveLocation(id);
            Volatile.Write(ref _count, _count + 1);
        }
        else if (place.Newest(update.Tick.PriceType) is { } shown && !update.Supersedes(shown.Update)) return false;

        var price = new LivePrice(place, update, Journal.Head + 1, PriceView.Of(update, _catalog.Find(id)));
        place.Set(price);
        Journal.Append(price);
        return true;
    }

    /// <summary>Gives the prices shown the names and types that the catalog has learned. No new price, so nothing is pushed.</summary>
    private void Rename()
    {
        lock (_write)
        {
            foreach (var (_, place) in _places)
            {
                var location = _catalog.Find(place.Id);
                foreach (var type in PriceTypes.All)
                {
                    if (place.Newest(type) is { } price && !price.View.IsNamed(location))
                        place.Set(price with { View = PriceView.Of(price.Update, location) });
                }
            }
        }
    }
}
