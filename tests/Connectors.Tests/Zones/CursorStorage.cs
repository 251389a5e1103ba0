using OptiBid.Connectors.Zones;
using Orleans.Storage;

namespace OptiBid.Connectors.Tests.Zones;

/// <summary>Grain storage whose content a test can see.</summary>
public sealed class CursorStorage : IGrainStorage
{
    private readonly Lock _lock = new();
    private Dictionary<string, DateTimeOffset> _stored = [];
    private int _version;

    public DateTimeOffset? Cursor(string feed)
    {
        lock (_lock) return _stored.TryGetValue(feed, out var cursor) ? cursor : null;
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            grainState.State = (T)(object)new ConnectorCursors { Feeds = new(_stored) };
            grainState.RecordExists = true;
            grainState.ETag = _version.ToString();
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        lock (_lock)
        {
            if (grainState.ETag != _version.ToString()) throw new InconsistentStateException("written meanwhile", _version.ToString(), grainState.ETag);
            _stored = new(((ConnectorCursors)(object)grainState.State!).Feeds);
            grainState.ETag = (++_version).ToString();
        }

        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
}
