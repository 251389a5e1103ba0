using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.History.States;

/// <summary>
/// One read of <c>location_state</c>. A row that cannot be used, because another version of the program wrote it or
/// it is damaged, counts as absent and costs no other row anything; the log is told once a read, not once a row.
/// </summary>
internal sealed partial class StateReading(ILogger log)
{
    private int _unreadable;
    private LocationId _first;
    private string _why = "";

    /// <summary>The row's state; null when it cannot be used.</summary>
    public LocationState? State(LocationId location, DateTimeOffset savedAt, byte[] newest, byte[] windows, Predicate<LocationState> isReadable)
    {
        if (!NewestCodec.TryRead(location, newest, out var prices, out var why))
        {
            Count(location, why);
            return null;
        }

        var state = new LocationState(location, savedAt, prices, windows);
        if (isReadable(state)) return state;

        Count(location, "its windows are of another version or damaged");
        return null;
    }

    /// <summary>The row's newest prices; none when they cannot be used.</summary>
    public PriceUpdate[] Newest(LocationId location, byte[] newest)
    {
        if (NewestCodec.TryRead(location, newest, out var prices, out var why)) return prices;

        Count(location, why);
        return [];
    }

    /// <summary>Says what could not be read, if anything.</summary>
    public void Tell()
    {
        if (_unreadable > 0) LogUnreadable(_unreadable, _first, _why);
    }

    private void Count(LocationId location, string why)
    {
        if (_unreadable++ == 0) (_first, _why) = (location, why);
    }

    [LoggerMessage(LogLevel.Warning, "{Count} saved location states cannot be read, the first that of {Location}: {Reason}. They count as absent; the history's tail stands in for them.")]
    private partial void LogUnreadable(int count, LocationId location, string reason);
}
