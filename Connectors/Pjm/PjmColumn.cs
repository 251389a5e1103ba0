namespace OptiBid.Connectors.Pjm;

/// <summary>A column that a feed looks at. Its place in the list of them is its number.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether an answer without it is an error.</param>
/// <param name="OtherName">What other feeds and versions call it, where they do.</param>
internal sealed record PjmColumn(string Name, bool IsRequired = true, string? OtherName = null);
