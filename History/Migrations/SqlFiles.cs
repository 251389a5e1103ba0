namespace OptiBid.History.Migrations;

/// <summary>The SQL files of a store, embedded in this assembly, in the order in which they are run.</summary>
internal static class SqlFiles
{
    /// <param name="store">Folder of the store, such as <c>postgres</c>.</param>
    public static IReadOnlyList<SqlFile> Of(string store)
    {
        var assembly = typeof(SqlFiles).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(store + "/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return new SqlFile(name[(store.Length + 1)..], reader.ReadToEnd());
            })];
    }
}

/// <param name="Name">File name; what is noted once it has run.</param>
/// <param name="Text">The statements.</param>
internal sealed record SqlFile(string Name, string Text);
