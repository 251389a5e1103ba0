using System.Text.RegularExpressions;

namespace OptiBid.Deployment.Tests.Docker;

public sealed partial class DockerfileTests
{
    public static TheoryData<string> Projects => ["Silo", "Gateway"];

    [Theory, MemberData(nameof(Projects))]
    public void From_IsAVersionAndEndsOnTheRuntime(string project)
    {
        var images = From().Matches(Read(project)).Select(match => match.Groups[1].Value).ToList();
        Assert.All(images, image => Assert.Matches(@":\d+", image));
        Assert.Equal("mcr.microsoft.com/dotnet/aspnet:10.0", images[^1]);
    }

    [Theory, MemberData(nameof(Projects))]
    public void User_IsNotRoot(string project) => Assert.Contains("\nUSER $APP_UID\n", Read(project));

    [Theory, MemberData(nameof(Projects))]
    public void Entrypoint_IsTheProjectsAssembly(string project) => Assert.Contains($"ENTRYPOINT [\"dotnet\", \"OptiBid.{project}.dll\"]", Read(project));

    [Theory, MemberData(nameof(Projects))]
    public void Copy_FromTheSources_NamesWhatIsThereAndNotIgnored(string project)
    {
        var ignored = RepositoryFiles.Read(".dockerignore").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var path in Copy().Matches(Read(project)).SelectMany(match => match.Groups[1].Value.Split(' ')))
        {
            Assert.True(Path.Exists(RepositoryFiles.PathOf(path)), $"{project}/Dockerfile copies {path}, which is not there.");
            Assert.DoesNotContain(path, ignored);
        }
    }

    private static string Read(string project) => RepositoryFiles.Read($"{project}/Dockerfile");

    [GeneratedRegex(@"^FROM (\S+)", RegexOptions.Multiline)]
    private static partial Regex From();

    [GeneratedRegex(@"^COPY (?!--from)(.+) \S+$", RegexOptions.Multiline)]
    private static partial Regex Copy();
}
