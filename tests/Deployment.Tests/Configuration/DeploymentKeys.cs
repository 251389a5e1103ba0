using System.Text.RegularExpressions;
using OptiBid.Deployment.Tests.Compose;
using OptiBid.Deployment.Tests.Kubernetes;

namespace OptiBid.Deployment.Tests.Configuration;

/// <summary>A setting that a deployment file makes; no value where it comes from elsewhere.</summary>
public sealed record DeploymentSetting(string File, string Key, string? Value);

/// <summary>Every setting of the product that the deployment files make.</summary>
internal static partial class DeploymentKeys
{
    public static IEnumerable<DeploymentSetting> All() =>
        [.. FromCompose(), .. FromContainers(), .. FromKustomizations(), .. FromSecretExamples(), .. FromDockerfiles()];

    private static IEnumerable<DeploymentSetting> FromCompose()
    {
        var file = ComposeFile.Load();
        foreach (var (_, service) in file.Services.Where(service => service.Value.Build is not null))
        {
            foreach (var (key, value) in service.Environment) yield return new(ComposeFile.Path, key, ComposeFile.Interpolate(value));
            foreach (var match in Assignment().Matches(string.Join(' ', service.Entrypoint)).Cast<Match>())
                yield return new(ComposeFile.Path, match.Groups[1].Value, null);
        }
    }

    private static IEnumerable<DeploymentSetting> FromContainers() =>
        from manifest in Manifests.Base()
        from container in manifest.Containers
        from variable in container.Env ?? []
        select new DeploymentSetting(manifest.File, variable.Name, variable.Value);

    private static IEnumerable<DeploymentSetting> FromKustomizations() =>
        from file in KustomizationFile.All()
        from map in file.ConfigMapGenerator
        from literal in map.Literals
        let parts = literal.Split('=', 2)
        select new DeploymentSetting(file.Path, parts[0], parts[1]);

    private static IEnumerable<DeploymentSetting> FromSecretExamples() =>
        from file in RepositoryFiles.Below("k8s", "*.env.example")
        from line in File.ReadLines(RepositoryFiles.PathOf(file))
        where line.Length > 0 && line[0] != '#'
        select new DeploymentSetting(file, line.Split('=', 2)[0], null);

    private static IEnumerable<DeploymentSetting> FromDockerfiles() =>
        from file in new[] { "Silo/Dockerfile", "Gateway/Dockerfile" }
        from instruction in Environment().Matches(RepositoryFiles.Read(file).Replace("\\\n", " ", StringComparison.Ordinal))
        from match in Assignment().Matches(instruction.Groups[1].Value)
        select new DeploymentSetting(file, match.Groups[1].Value, match.Groups[2].Value);

    [GeneratedRegex(@"^ENV (.*)$", RegexOptions.Multiline)]
    private static partial Regex Environment();

    [GeneratedRegex(@"(?:^|\s)([A-Za-z_]+)=(\S*)")]
    private static partial Regex Assignment();
}
