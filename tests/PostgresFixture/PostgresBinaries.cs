namespace OptiBid.PostgresFixture;

/// <summary>Where a PostgreSQL server is installed on this machine.</summary>
public static class PostgresBinaries
{
    /// <summary>Folder of <c>initdb</c> and <c>postgres</c>, or null. <c>OPTIBID_POSTGRES_BIN</c> names another.</summary>
    public static string? Directory { get; } = Find();

    /// <summary>
    /// Why tests that need a server have to be skipped; null when they can run. On a build server
    /// (<c>CI=true</c>) a missing server is an error.
    /// </summary>
    public static string? WhySkip()
    {
        if (Directory is not null) return null;

        const string Reason = "No PostgreSQL server (15 or later) is installed: initdb was not found under /usr/lib/postgresql, in PATH, or in OPTIBID_POSTGRES_BIN.";
        return Environment.GetEnvironmentVariable("CI") == "true" ? throw new InvalidOperationException(Reason) : Reason;
    }

    private static string? Find()
    {
        IEnumerable<string?> installed = System.IO.Directory.Exists("/usr/lib/postgresql")
            ? System.IO.Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(version => int.TryParse(Path.GetFileName(version), out var number) ? number : 0)
                .Select(version => Path.Combine(version, "bin"))
            : [];
        return new[] { Environment.GetEnvironmentVariable("OPTIBID_POSTGRES_BIN") }
            .Concat(installed)
            .Concat(Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [])
            .FirstOrDefault(folder => !string.IsNullOrEmpty(folder) && File.Exists(Path.Combine(folder, "initdb")));
    }
}
