using k8s.Models;
using OptiBid.Deployment.Tests.Configuration;

namespace OptiBid.Deployment.Tests.Kubernetes;

public sealed class PodsTests
{
    /// <summary>What the host takes for its own shutdown unless it is told otherwise (HostOptions.ShutdownTimeout).</summary>
    private static readonly TimeSpan HostShutdown = TimeSpan.FromSeconds(30);

    private static readonly V1Deployment[] Deployments = [.. Manifests.Base().All<V1Deployment>()];

    public static TheoryData<string> Names => [.. Deployments.Select(deployment => deployment.Metadata.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Probes_AskTheProductsHealthPathsOnItsManagementPort(string name)
    {
        var container = ContainerOf(name);
        AssertAsks("/health/live", container.StartupProbe);
        AssertAsks("/health/live", container.LivenessProbe);
        AssertAsks("/health/ready", container.ReadinessProbe);

        void AssertAsks(string path, V1Probe probe)
        {
            Assert.Equal(path, probe.HttpGet.Path);
            Assert.Equal(ManagementPort(name), probe.HttpGet.Port.Value);
            Assert.Contains(container.Ports, port => port.Name == probe.HttpGet.Port.Value);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Termination_LeavesTheHostItsShutdown(string name)
    {
        var preStop = ContainerOf(name).Lifecycle.PreStop.Exec.Command;
        Assert.Equal("sleep", preStop[0]);
        var grace = TimeSpan.FromSeconds(PodOf(name).TerminationGracePeriodSeconds!.Value);
        Assert.True(grace > HostShutdown + TimeSpan.FromSeconds(int.Parse(preStop[1])), $"{name}: {grace} is too short.");
    }

    [Theory, MemberData(nameof(Names))]
    public void Security_IsAsNarrowAsTheRestrictedStandardAndMore(string name)
    {
        var pod = PodOf(name).SecurityContext;
        Assert.True(pod.RunAsNonRoot);
        Assert.True(pod.RunAsUser > 0);
        Assert.Equal("RuntimeDefault", pod.SeccompProfile.Type);
        Assert.False(PodOf(name).AutomountServiceAccountToken);

        var container = ContainerOf(name).SecurityContext;
        Assert.False(container.AllowPrivilegeEscalation);
        Assert.True(container.ReadOnlyRootFilesystem);
        Assert.Equal(["ALL"], container.Capabilities.Drop);
    }

    [Theory, MemberData(nameof(Names))]
    public void Volumes_MakeTheDataDirectoryAndTmpWritable(string name)
    {
        var container = ContainerOf(name);
        var data = container.Env.Single(variable => variable.Name == "Data__Directory").Value;
        var writable = container.VolumeMounts.Where(mount => mount.ReadOnlyProperty != true).ToDictionary(mount => mount.Name, mount => mount.MountPath);
        Assert.Equal(new[] { data, "/tmp" }.Order(), writable.Values.Order());
        Assert.All(PodOf(name).Volumes.Where(volume => writable.ContainsKey(volume.Name)), volume => Assert.NotNull(volume.EmptyDir));
    }

    [Theory, MemberData(nameof(Names))]
    public void KeyRing_OfASecretThatMayBeMissing_HoldsTheCertificateTheOverlayNames(string name)
    {
        var mount = Assert.Single(ContainerOf(name).VolumeMounts, mount => mount.ReadOnlyProperty == true);
        var secret = PodOf(name).Volumes.Single(volume => volume.Name == mount.Name).Secret;
        Assert.True(secret.Optional);
        Assert.All(DeploymentKeys.All().Where(setting => setting.Key == "KeyRing__Certificate__Path"), setting => Assert.StartsWith(mount.MountPath + "/", setting.Value));
        var password = ContainerOf(name).Env.Single(variable => variable.Name == "KeyRing__Certificate__Password").ValueFrom.SecretKeyRef;
        Assert.Equal((secret.SecretName, true), (password.Name, password.Optional));
    }

    [Theory, MemberData(nameof(Names))]
    public void Resources_AreAskedForAndMemoryIsBounded(string name)
    {
        var resources = ContainerOf(name).Resources;
        Assert.Equal(["cpu", "memory"], resources.Requests.Keys.Order());
        Assert.Contains("memory", resources.Limits.Keys);
    }

    [Theory, MemberData(nameof(Names))]
    public void Prometheus_ScrapesThePortThatListens(string name)
    {
        var annotations = Deployments.Single(deployment => deployment.Metadata.Name == name).Spec.Template.Metadata.Annotations;
        Assert.Equal("true", annotations["prometheus.io/scrape"]);
        Assert.Equal("/metrics", annotations["prometheus.io/path"]);
        Assert.Equal(ContainerOf(name).Ports.Single(port => port.Name == ManagementPort(name)).ContainerPort.ToString(), annotations["prometheus.io/port"]);
    }

    [Fact]
    public void Silo_AdvertisesItsPodsAddress() =>
        Assert.Equal("status.podIP", ContainerOf("optibid-silo").Env.Single(variable => variable.Name == "Silo__AdvertisedIP").ValueFrom.FieldRef.FieldPath);

    [Fact]
    public void Gateway_ManagementPort_IsNoPartOfTheService() =>
        Assert.All(
            Manifests.Base().All<V1Service>().Single(service => service.Metadata.Name == "optibid-gateway").Spec.Ports,
            port => Assert.Equal("http", port.TargetPort.Value));

    /// <summary>A silo's HTTP is for management alone; a gateway has a port of its own for it, where callers need no token.</summary>
    private static string ManagementPort(string name) => name == "optibid-gateway" ? "management" : "http";

    private static V1PodSpec PodOf(string name) => Deployments.Single(deployment => deployment.Metadata.Name == name).Spec.Template.Spec;

    private static V1Container ContainerOf(string name) => PodOf(name).Containers.Single();
}
