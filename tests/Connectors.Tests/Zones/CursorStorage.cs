using OptiBid.Connectors.Zones;
using Orleans.Storage;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>Grain storage whose content a test can see.</summary>
public sealed class CursorStorage : IGrainStorage
{
    private readonly Lock _lock = new();
    private ConnectorCursors _stored = new();
    private int _version;

    /// <summary>What every write fails with.</summary>
    public Exception? Trouble { get; set; }

    public DateTimeOffset? Cursor(string feed)
    {
        lock (_lock) return _stored.Feeds.TryGetValue(feed, out var cursor) ? cursor : null;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            grainState.State = (T)(object)Copy(_stored);
            grainState.RecordExists = true;
            grainState.ETag = _version.ToString();
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Trouble is { } trouble) return Task.FromException(trouble);
        lock (_lock)
        {
            if (grainState.ETag != _version.ToString()) throw new InconsistentStateException("written meanwhile", _version.ToString(), grainState.ETag);
            _stored = Copy((ConnectorCursors)(object)grainState.State!);
            grainState.ETag = (++_version).ToString();
        }

        return Task.CompletedTask;
    }

    private static ConnectorCursors Copy(ConnectorCursors state) => new() { Feeds = new(state.Feeds), Backfills = [.. state.Backfills], Pause = state.Pause };

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
