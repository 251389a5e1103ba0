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
    private LiveLocation[] _all = new LiveLocation[1024];
    private LiveLocation[] _ordered = [];
    private int _count;
    private long _names;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LivePrices(LocationCatalog catalog, LiveInstruments instruments, int journalCapacity)
    {
        _catalog = catalog;
        _instruments = instruments;
        Journal = new PriceJournal(journalCapacity);
        catalog.Changed += Rename;
    }

    public PriceJournal Journal { get; }

    /// <summary>How often shown prices have been given other names.</summary>
    public long Names => Volatile.Read(ref _names);

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

        ordered = All().ToArray();
        Array.Sort(ordered);
        Volatile.Write(ref _ordered, ordered);
        return ordered;
    }

    /// <summary>Every newest price that the filter lets through, in no order.</summary>
    public IEnumerable<LivePrice> Matching(PriceFilter filter)
    {
        if (filter.Locations is { } ids)
        {
            foreach (var id in ids)
            {
                if (Find(id) is not { } place || !filter.Zones.Contains(id.Zone)) continue;
                foreach (var type in LiveLocation.Types)
                {
                    if (filter.Contains(type) && place.Newest(type) is { } price) yield return price;
                }
            }

            yield break;
        }

        var all = All();
        for (var next = 0; next < all.Count; next++)
        {
            var place = all[next];
            if (!filter.Zones.Contains(place.Id.Zone)) continue;
            foreach (var type in LiveLocation.Types)
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
            Add(place);
        }
        else if (place.Newest(update.Tick.PriceType) is { } shown && !update.Supersedes(shown.Update)) return false;

        var price = new LivePrice(place, update, Journal.Head + 1, PriceView.Of(update, _catalog.Find(id)));
        place.Set(price);
        Journal.Append(price);
        return true;
    }

    /// <summary>All locations in the order of their coming. The count is written last and read first, so what it counts is there.</summary>
    private ArraySegment<LiveLocation> All()
    {
        var count = LocationCount;
        return new ArraySegment<LiveLocation>(Volatile.Read(ref _all), 0, count);
    }

    private void Add(LiveLocation place)
    {
        if (_count == _all.Length)
        {
            var larger = new LiveLocation[2 * _count];
            _all.CopyTo(larger, 0);
            Volatile.Write(ref _all, larger);
        }

        _all[_count] = place;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>
    /// Gives the prices shown the names and types that the catalog has learned. They are no new prices, so the
    /// journal has none of it; readers see by <see cref="Names"/>, which counts up last, that there is something to take again.
    /// </summary>
    private void Rename()
    {
        lock (_write)
        {
            var number = _names + 1;
            foreach (var place in All())
            {
                var location = _catalog.Find(place.Id);
                foreach (var type in LiveLocation.Types)
                {
                    if (place.Newest(type) is { } price && !price.View.IsNamed(location))
                        place.Set(price with { View = PriceView.Of(price.Update, location), Renamed = number });
                }
            }

            Volatile.Write(ref _names, number);
        }
    }
}
