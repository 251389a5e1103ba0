using System.Text.RegularExpressions;
using OptiBid.Silo.Clustering;

namespace OptiBid.Deployment.Tests.Compose;

public sealed partial class ComposeFileTests
{
    private static readonly ComposeFile File = ComposeFile.Load();

    public static TheoryData<string> Services => [.. File.Services.Keys];

    [Fact]
    public void Services_AreDatabaseKafkaTwoSilosAndAGateway()
    {
        Assert.Equal(["database", "gateway", "kafka", "silo"], File.Services.Where(service => service.Value.Profiles.Count == 0).Select(service => service.Key).Order());
        Assert.Equal(2, File.Services["silo"].Deploy!.Replicas);
    }

    [Fact]
    public void Redis_IsThereForTheAsking_AndNothingWaitsForIt()
    {
        Assert.Equal(["redis"], File.Services["redis"].Profiles);
        Assert.DoesNotContain(File.Services.Values, service => service.DependsOn.ContainsKey("redis"));
        Assert.Equal("", ComposeFile.Interpolate(File.Services["gateway"].Environment["Cache__Redis"]));
    }

    [Theory, MemberData(nameof(Services))]
    public void Image_IsPinned(string name) => Assert.Matches(@"^[a-z/]+:\d+\.\d+\.\d+", File.Services[name].Image);

    [Theory, MemberData(nameof(Services))]
    public void DependsOn_NamesServicesThatSayWhenTheyAreHealthy(string name) =>
        Assert.All(File.Services[name].DependsOn, dependency =>
        {
            Assert.Equal("service_healthy", dependency.Value.Value);
            Assert.NotEmpty(File.Services[dependency.Key].Healthcheck!.Test);
        });

    [Theory, MemberData(nameof(Services))]
    public void Volumes_AreDeclared(string name) =>
        Assert.All(File.Services[name].Volumes, volume => Assert.Contains(volume.Split(':')[0], File.Volumes.Keys));

    [Theory, MemberData(nameof(Services))]
    public void Ports_ArePublishedByTheGatewayAlone_OnThisMachine(string name)
    {
        if (name == "gateway") Assert.All(File.Services[name].Ports, port => Assert.StartsWith("${OPTIBID_ADDRESS:-127.0.0.1}:", port));
        else Assert.Empty(File.Services[name].Ports);
    }

    [Theory, MemberData(nameof(Services))]
    public void Build_NamesADockerfile(string name)
    {
        if (File.Services[name].Build is { } build)
            Assert.True(System.IO.File.Exists(RepositoryFiles.PathOf(Path.Combine(build.Context, build.Dockerfile))));
    }

    [Fact]
    public void Passwords_ComeFromTheEnvironmentAndHaveNoDefault()
    {
        var secrets = File.Services.Values.SelectMany(service => service.Environment)
            .Where(variable => Secret().IsMatch(variable.Key) || Secret().IsMatch(variable.Value))
            .ToList();
        Assert.True(secrets.Count >= 3);
        Assert.All(secrets, secret => Assert.Matches(@"\$\{[A-Z_]+(:\?[^}]+|:-)\}", secret.Value));

        var example = System.IO.File.ReadAllLines(RepositoryFiles.PathOf(".env.example"));
        Assert.Contains("OPTIBID_DATABASE_PASSWORD=", example);
    }

    [Fact]
    public void Variables_AreExplainedInTheExample()
    {
        var example = RepositoryFiles.Read(".env.example");
        Assert.All(
            Variable().Matches(RepositoryFiles.Read(ComposeFile.Path)).Select(match => match.Groups[1].Value).Distinct(),
            variable => Assert.Contains($"{variable}=", example));
    }

    [Fact]
    public void Database_HasConnectionsForEveryProcessAndAnotherSilo()
    {
        var most = int.Parse(Assert.Single(File.Services["database"].Command, part => part.StartsWith("max_connections=", StringComparison.Ordinal)).Split('=')[1]);
        var processes = File.Services["silo"].Deploy!.Replicas + 2;
        Assert.True(most >= processes * (20 + OrleansDatabase.PoolSize) + 10, $"{most} connections for {processes} processes.");
    }

    [Theory]
    [InlineData("silo")]
    [InlineData("gateway")]
    public void Product_RunsWithoutPrivileges(string name)
    {
        var service = File.Services[name];
        Assert.True(service.ReadOnly);
        Assert.Equal(["ALL"], service.CapDrop);
        Assert.Equal(["no-new-privileges:true"], service.SecurityOpt);
        Assert.Equal(["/data", "/tmp"], service.Tmpfs.Order());
    }

    [GeneratedRegex("password|apikey|secret|token", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex Variable();
}
