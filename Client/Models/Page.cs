namespace OptiBid.Client.Models;

/// <summary>Part of a list.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="NextCursor">Goes on after it; null on the last.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor = null);
