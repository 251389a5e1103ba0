using System.Text.Json;
using k8s.Models;
using OptiBid.Deployment.Tests.Compose;
using OptiBid.Deployment.Tests.Configuration;
using OptiBid.Deployment.Tests.Kubernetes;
using Orleans.Configuration;

namespace OptiBid.Deployment.Tests;

/// <summary>Every file says the same ports, and they are the ones the product has when nobody says any.</summary>
public sealed class PortsTests
{
    public static TheoryData<string> Projects => ["Silo", "Gateway"];

    [Theory, MemberData(nameof(Projects))]
    public void Urls_InEveryFile_HaveTheProjectsDefaultPort(string project)
    {
        var expected = HttpPort(project);
        var urls = DeploymentKeys.All()
            .Where(setting => setting.Key == "Urls" && setting.File.Contains(project, StringComparison.OrdinalIgnoreCase))
            .ToList();
        Assert.Equal(2, urls.Count);
        Assert.All(urls, setting => Assert.Equal($"http://+:{expected}", setting.Value));
    }

    [Theory, MemberData(nameof(Projects))]
    public void ContainerPorts_AreTheProjectsDefaults(string project)
    {
        var container = Manifests.Base().All<V1Deployment>()
            .Single(deployment => deployment.Metadata.Name == $"optibid-{project.ToLowerInvariant()}").Spec.Template.Spec.Containers.Single();
        Assert.Equal(PortsOf(project), container.Ports.ToDictionary(port => port.Name, port => port.ContainerPort));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Expose_InTheDockerfile_IsTheProjectsDefaults(string project)
    {
        var line = RepositoryFiles.Read($"{project}/Dockerfile").Split('\n').Single(text => text.StartsWith("EXPOSE ", StringComparison.Ordinal));
        Assert.Equal(PortsOf(project).Values.Order(), line.Split(' ')[1..].Select(int.Parse).Order());
    }

    [Fact]
    public void Compose_ExposesPublishesAndChecksTheDefaults()
    {
        var services = ComposeFile.Load().Services;
        Assert.Equal(PortsOf("Silo").Values.Order(), services["silo"].Expose.Select(int.Parse).Order());
        Assert.EndsWith($":{HttpPort("Gateway")}", services["gateway"].Ports.Single());
        Assert.Contains($"/{HttpPort("Silo")} ", services["silo"].Healthcheck!.Test[^1]);
        Assert.Contains($"/{ManagementPort()} ", services["gateway"].Healthcheck!.Test[^1]);
    }

    private static Dictionary<string, int> PortsOf(string project) => project == "Silo"
        ? new() { ["http"] = HttpPort(project), ["silo"] = EndpointOptions.DEFAULT_SILO_PORT, ["gateway"] = EndpointOptions.DEFAULT_GATEWAY_PORT }
        : new() { ["http"] = HttpPort(project), ["management"] = ManagementPort() };

    /// <summary>The one that the files agree on; the product has none until it is told.</summary>
    private static int ManagementPort()
    {
        var settings = DeploymentKeys.All().Where(setting => setting.Key == "Management__Port").ToList();
        Assert.Equal(["Gateway/Dockerfile", "k8s/base/gateway/deployment.yaml"], settings.Select(setting => setting.File).Order(StringComparer.Ordinal));
        return int.Parse(settings.Select(setting => setting.Value).Distinct().Single()!);
    }

    private static int HttpPort(string project)
    {
        using var settings = JsonDocument.Parse(RepositoryFiles.Read($"{project}/appsettings.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return new Uri(settings.RootElement.GetProperty("Urls").GetString()!).Port;
    }
}
