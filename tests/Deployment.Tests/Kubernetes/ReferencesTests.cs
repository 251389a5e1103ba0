using k8s.Models;

namespace OptiBid.Deployment.Tests.Kubernetes;

public sealed class ReferencesTests
{
    private static readonly IReadOnlyList<Manifest> Base = Manifests.Base();
    private static readonly List<V1Deployment> Deployments = [.. Base.All<V1Deployment>()];

    [Fact]
    public void Deployments_AreTheSiloAndTheGateway() =>
        Assert.Equal(["optibid-gateway", "optibid-silo"], Deployments.Select(deployment => deployment.Metadata.Name).Order());

    [Fact]
    public void ConfigMapRef_IsGenerated()
    {
        var generated = KustomizationFile.All().SelectMany(file => file.ConfigMapGenerator).Select(map => map.Name).ToHashSet();
        Assert.All(EnvFrom().Where(source => source.ConfigMapRef is not null), source => Assert.Contains(source.ConfigMapRef.Name, generated));
    }

    [Fact]
    public void SecretRef_HasAnExampleThatHoldsNoSecret()
    {
        var secrets = EnvFrom().Where(source => source.SecretRef is not null).Select(source => source.SecretRef.Name).Distinct().ToList();
        Assert.NotEmpty(secrets);
        Assert.All(secrets, secret =>
        {
            var lines = File.ReadAllLines(RepositoryFiles.PathOf($"k8s/overlays/example/{secret}.env.example"));
            Assert.All(lines.Where(line => line.Length > 0), line => Assert.Matches("<[a-z. ]+>", line));
        });
    }

    [Fact]
    public void Gateway_HasNoKeysOfMarkets() =>
        Assert.DoesNotContain(
            Deployments.Single(deployment => deployment.Metadata.Name == "optibid-gateway").Spec.Template.Spec.Containers.SelectMany(container => container.EnvFrom),
            source => source.SecretRef?.Name == "optibid-markets");

    [Fact]
    public void Selectors_MatchThePodsTheyAreFor()
    {
        Assert.All(Deployments, deployment => AssertSelects(deployment.Spec.Selector.MatchLabels, deployment));
        Assert.All(Base.All<V1Service>(), service => AssertSelects(service.Spec.Selector, Deployment(service.Metadata.Name)));
        Assert.All(Base.All<V1PodDisruptionBudget>(), budget => AssertSelects(budget.Spec.Selector.MatchLabels, Deployment(budget.Metadata.Name)));
        Assert.All(Deployments, deployment => Assert.All(
            deployment.Spec.Template.Spec.TopologySpreadConstraints,
            spread => AssertSelects(spread.LabelSelector.MatchLabels, deployment)));
    }

    [Fact]
    public void NetworkPolicy_NamesPodsAndPortsThereAre() =>
        Assert.All(Base.All<V1NetworkPolicy>(), policy =>
        {
            var guarded = Deployments.Single(deployment => Selects(policy.Spec.PodSelector.MatchLabels, deployment));
            Assert.All(policy.Spec.Ingress, rule =>
            {
                Assert.All(rule.FromProperty ?? [], peer => Assert.Contains(Deployments, deployment => Selects(peer.PodSelector.MatchLabels, deployment)));
                Assert.All(rule.Ports, port => Assert.Contains(PortsOf(guarded), named => named.Name == port.Port.Value));
            });
        });

    [Fact]
    public void Autoscalers_ScaleEachDeploymentFromTwoToEight()
    {
        var scalers = Base.All<V2HorizontalPodAutoscaler>().ToList();
        Assert.Equal(Deployments.Select(deployment => deployment.Metadata.Name).Order(), scalers.Select(scaler => scaler.Spec.ScaleTargetRef.Name).Order());
        Assert.All(scalers, scaler =>
        {
            Assert.Equal(("apps/v1", "Deployment"), (scaler.Spec.ScaleTargetRef.ApiVersion, scaler.Spec.ScaleTargetRef.Kind));
            Assert.Equal((2, 8), (scaler.Spec.MinReplicas, scaler.Spec.MaxReplicas));
        });
    }

    [Fact]
    public void ServiceAccounts_OfThePods_Exist() =>
        Assert.All(Deployments, deployment => Assert.Contains(
            Base.All<V1ServiceAccount>(),
            account => account.Metadata.Name == deployment.Spec.Template.Spec.ServiceAccountName && account.AutomountServiceAccountToken == false));

    [Fact]
    public void TargetPorts_OfServices_AreNamedPortsOfTheirPods() =>
        Assert.All(Base.All<V1Service>(), service => Assert.All(
            service.Spec.Ports,
            port => Assert.Contains(PortsOf(Deployment(service.Metadata.Name)), named => named.Name == port.TargetPort.Value)));

    [Fact]
    public void VolumeMounts_NameVolumes() =>
        Assert.All(Deployments, deployment => Assert.All(
            deployment.Spec.Template.Spec.Containers.SelectMany(container => container.VolumeMounts),
            mount => Assert.Contains(deployment.Spec.Template.Spec.Volumes, volume => volume.Name == mount.Name)));

    private static IEnumerable<V1EnvFromSource> EnvFrom() =>
        Base.SelectMany(manifest => manifest.Containers).SelectMany(container => container.EnvFrom ?? []);

    private static V1Deployment Deployment(string name) => Deployments.Single(deployment => deployment.Metadata.Name == name);

    private static IList<V1ContainerPort> PortsOf(V1Deployment deployment) => deployment.Spec.Template.Spec.Containers.Single().Ports;

    private static void AssertSelects(IDictionary<string, string> selector, V1Deployment deployment) =>
        Assert.True(Selects(selector, deployment), $"{string.Join(',', selector)} does not select the pods of {deployment.Metadata.Name}.");

    private static bool Selects(IDictionary<string, string> selector, V1Deployment deployment) =>
        selector.Count > 0 && selector.All(deployment.Spec.Template.Metadata.Labels.Contains);
}
