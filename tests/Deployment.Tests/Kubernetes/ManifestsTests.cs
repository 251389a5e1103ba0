using k8s.Models;

namespace OptiBid.Deployment.Tests.Kubernetes;

public sealed class ManifestsTests
{
    public static TheoryData<string> Files => [.. Manifests.Files()];

    [Theory, MemberData(nameof(Files))]
    public void Load_EveryFile_FitsTheApiModel(string file) =>
        Assert.All(Manifests.Load(file), manifest => Assert.False(string.IsNullOrEmpty(manifest.Name)));

    [Fact]
    public void Parse_FieldTheApiHasNot_Throws()
    {
        var yaml = RepositoryFiles.Read("k8s/base/silo/deployment.yaml");
        Assert.NotEmpty(Manifests.Parse(yaml));
        Assert.ThrowsAny<Exception>(() => Manifests.Parse(yaml.Replace("runAsNonRoot", "runAsNonroot", StringComparison.Ordinal)).ToList());
        Assert.ThrowsAny<Exception>(() => Manifests.Parse(yaml.Replace("failureThreshold", "failures", StringComparison.Ordinal)).ToList());
    }

    [Fact]
    public void Base_HasNoNamespaceAndNoSecret() =>
        Assert.All(Manifests.Base(), manifest =>
        {
            Assert.Null(manifest.Object.Metadata.NamespaceProperty);
            Assert.IsNotType<V1Secret>(manifest.Object);
        });
}
