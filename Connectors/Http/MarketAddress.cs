namespace OptiBid.Connectors.Http;

/// <summary>Builds addresses under a configurable root.</summary>
internal static class MarketAddress
{
    /// <summary>Root, path and query parameters put together; values are escaped, null ones left out.</summary>
    public static Uri Build(string root, string path, params ReadOnlySpan<(string Name, string? Value)> query)
    {
        var address = new System.Text.StringBuilder(root.TrimEnd('/')).Append('/').Append(path);
        var separator = '?';
        foreach (var (name, value) in query)
        {
            if (value is null) continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return new Uri(address.ToString());
    }
}
