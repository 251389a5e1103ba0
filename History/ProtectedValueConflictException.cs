namespace OptiBid.History;

/// <summary>A protected value was to be written over a version that is not, or no longer, the stored one. Nothing was written.</summary>
/// <param name="name">The value's name.</param>
/// <param name="expectedVersion">The version it was to replace; 0 for none.</param>
public sealed class ProtectedValueConflictException(string name, long expectedVersion) : Exception(
    expectedVersion == 0
        ? $"The protected value '{name}' was to be created, but it exists already; read it before writing over it."
        : $"The protected value '{name}' is not at version {expectedVersion}: another has changed or deleted it since; read it again before writing.")
{
    /// <summary>The value's name.</summary>
    public string Name { get; } = name;

    /// <summary>The version it was to replace; 0 for none.</summary>
    public long ExpectedVersion { get; } = expectedVersion;
}
