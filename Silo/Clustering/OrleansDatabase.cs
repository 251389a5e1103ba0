using Npgsql;

namespace OptiBid.Silo.Clustering;

/// <summary>How Orleans reaches its own tables (members, reminders, grain state) in the history's database.</summary>
public static class OrleansDatabase
{
    /// <summary>Name of the ADO.NET provider, as Orleans takes it.</summary>
    public const string Invariant = "Npgsql";

    /// <summary>Connections of one process at the most, where the connection string does not say.</summary>
    public const int PoolSize = 10;

    /// <summary>The history's connection string with a pool of Orleans' own, small: every process has one beside the history's.</summary>
    public static string ConnectionString(string history)
    {
        var settings = new NpgsqlConnectionStringBuilder(history);
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = PoolSize;
        if (!settings.ShouldSerialize("Application Name")) settings.ApplicationName = "OptiBid Orleans";
        return settings.ConnectionString;
    }
}
