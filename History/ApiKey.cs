using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>An API key as it is stored. Times are kept to the microsecond.</summary>
public sealed record ApiKey
{
    /// <summary>Longest name, in UTF-16 characters.</summary>
    public const int NameLength = 100;

    /// <summary>Names it in public: in the key text, in lists, in the audit log.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 of the key text in force, 32 bytes.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>SHA-256 of the key text before the last rotation; null when there was none.</summary>
    public byte[]? PreviousHash { get; init; }

    /// <summary>Until when the previous key text works too.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    /// <summary>The roles it has, at least one.</summary>
    public required IReadOnlyList<string> Roles { get; init; }

    /// <summary>The zones it sees; null for all of them.</summary>
    public IReadOnlyList<MarketZone>? Zones { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who made it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it got the secret it has; null as long as that is its first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>When it was ended for good; null when it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was used last, to a minute or so; null when never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>From which address that was.</summary>
    public string? LastUsedFrom { get; init; }
}
