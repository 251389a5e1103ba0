namespace OptiBid.Gateway.Health;

/// <summary>Numbers in sentences.</summary>
internal static class Counted
{
    /// <summary>"1 silo", "2 silos".</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
