namespace OptiBid.Client.Models;

/// <summary>What was wrong with a call (RFC 9457).</summary>
public sealed record Problem
{
    /// <summary>The kind of problem, such as <c>urn:optibid:problem:invalid-parameter</c>; stable.</summary>
    public string? Type { get; init; }

    /// <summary>The kind in words.</summary>
    public string? Title { get; init; }

    /// <summary>What was wrong this time.</summary>
    public string? Detail { get; init; }

    /// <summary>The parameter or field that was wrong.</summary>
    public string? Field { get; init; }

    /// <summary>Its value.</summary>
    public string? Value { get; init; }

    /// <summary>What to name when asking the operator.</summary>
    public string? TraceId { get; init; }
}
