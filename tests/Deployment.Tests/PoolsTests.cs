using Npgsql;
using OptiBid.Silo.Clustering;

namespace OptiBid.Deployment.Tests;

/// <summary>How many connections a process opens to the database, which many processes share.</summary>
public sealed class PoolsTests
{
    [Theory]
    [InlineData("Host=db;Password=x", OrleansDatabase.PoolSize)]
    [InlineData("Host=db;Password=x;Maximum Pool Size=3", 3)]
    [InlineData("Host=db;Password=x;MaxPoolSize=100", 100)]
    public void ConnectionString_OfOrleans_IsBoundedAndKeepsTheRest(string history, int expected)
    {
        var settings = new NpgsqlConnectionStringBuilder(OrleansDatabase.ConnectionString(history));
        Assert.Equal((expected, "db", "x"), (settings.MaxPoolSize, settings.Host, settings.Password));
    }

    [Fact]
    public void Documentation_OfTheLargestDeployment_CountsWhatItMayOpen() =>
        Assert.Contains($"8 silos and 8\n  gateways may open {16 * (20 + OrleansDatabase.PoolSize)},", RepositoryFiles.Read("docs/deployment.md"));
}
