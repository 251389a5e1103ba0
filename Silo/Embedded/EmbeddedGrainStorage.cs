using OptiBid.History;
using Orleans.Storage;

namespace OptiBid.Silo.Embedded;

/// <summary>Grain storage in the embedded history file, for a process that runs its only silo on it.</summary>
internal sealed class EmbeddedGrainStorage(IGrainStateTable table, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var row = await table.ReadAsync(stateName, grainId.ToString());
        grainState.State = row is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(row.Payload);
        grainState.ETag = row?.ETag;
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State).ToMemory();
        grainState.ETag = await table.WriteAsync(stateName, grainId.ToString(), payload, grainState.ETag)
            ?? throw Conflict(stateName, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!await table.ClearAsync(stateName, grainId.ToString(), grainState.ETag)) throw Conflict(stateName, grainId, grainState.ETag);
        (grainState.State, grainState.ETag, grainState.RecordExists) = (Activator.CreateInstance<T>(), null, false);
    }

    private static InconsistentStateException Conflict(string stateName, GrainId grainId, string? etag) =>
        new($"State '{stateName}' of {grainId} was written by another since it was read.", "another", etag ?? "none");
}

/// <summary>Adds <see cref="EmbeddedGrainStorage"/>.</summary>
internal static class EmbeddedGrainStorageExtensions
{
    public static ISiloBuilder AddEmbeddedGrainStorage(this ISiloBuilder silo, string name)
    {
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => ActivatorUtilities.CreateInstance<EmbeddedGrainStorage>(services));
        return silo;
    }
}
