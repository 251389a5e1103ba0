using System.Collections.Concurrent;
using Orleans.Storage;

namespace OptiBid.Grains.Tests.Alerts;

/// <summary>Grain storage of all silos of a cluster; it keeps bytes, as the real ones do, and a test can have it refuse to write.</summary>
internal sealed class SharedStorage
{
    private readonly ConcurrentDictionary<(string, GrainId), (byte[] Payload, string ETag)> _rows = new();

    public bool Away { get; set; }

    /// <summary>Nothing can be read.</summary>
    public bool Unreadable { get; set; }

    /// <summary>The storage as one silo sees it.</summary>
    public IGrainStorage With(IGrainStorageSerializer serializer) => new View(this, serializer);

    private sealed class View(SharedStorage shared, IGrainStorageSerializer serializer) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (shared.Unreadable) return Task.FromException(new IOException("the storage is away"));

            grainState.RecordExists = shared._rows.TryGetValue((stateName, grainId), out var row);
            grainState.State = grainState.RecordExists ? serializer.Deserialize<T>(new BinaryData(row.Payload)) : Activator.CreateInstance<T>();
            grainState.ETag = row.ETag;
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (shared.Away) return Task.FromException(new IOException("the storage is away"));

            var etag = Guid.NewGuid().ToString();
            shared._rows[(stateName, grainId)] = (serializer.Serialize(grainState.State).ToArray(), etag);
            (grainState.ETag, grainState.RecordExists) = (etag, true);
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => throw new NotSupportedException();
    }
}
