namespace OptiBid.History;

/// <summary>
/// What somebody did or was kept from doing. Text other than the action may come from anybody: it is kept up to
/// <see cref="TextLength"/> UTF-16 characters, characters that no store can hold replaced by U+FFFD.
/// </summary>
public sealed record AuditRecord
{
    /// <summary>Longest text that is kept.</summary>
    public const int TextLength = 500;

    /// <summary>When it was answered; kept to the microsecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who, as signed in.</summary>
    public required string Actor { get; init; }

    /// <summary>What, such as <c>credentials.set</c> or <c>denied.QueryPrices</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to; null where there is nothing to name.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the caller was let through; false for 401 and 403.</summary>
    public required bool Allowed { get; init; }

    /// <summary>The HTTP status of the answer; null where there was none.</summary>
    public int? Status { get; init; }

    /// <summary>From which network address.</summary>
    public string? Address { get; init; }

    /// <summary>Whatever else is worth knowing, by name. Never a secret.</summary>
    public IReadOnlyDictionary<string, string> Details { get; init; } = new Dictionary<string, string>();
}
