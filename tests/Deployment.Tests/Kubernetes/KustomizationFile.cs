using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace OptiBid.Deployment.Tests.Kubernetes;

/// <summary>A kustomization, as far as ours go; a field not named here is an error.</summary>
internal sealed class KustomizationFile
{
    public const string FileName = "kustomization.yaml";

    public string ApiVersion { get; set; } = "";
    public string Kind { get; set; } = "";
    public string? Namespace { get; set; }
    public List<LabelSet> Labels { get; set; } = [];
    public List<string> Resources { get; set; } = [];
    public List<ConfigMap> ConfigMapGenerator { get; set; } = [];
    public List<Image> Images { get; set; } = [];

    [YamlIgnore] public string Path { get; private set; } = "";

    [YamlIgnore] public string Folder => Path[..^(FileName.Length + 1)];

    public static IEnumerable<KustomizationFile> All() => RepositoryFiles.Below("k8s", FileName).Select(Load);

    public static KustomizationFile Load(string path)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();
        var file = reader.Deserialize<KustomizationFile>(RepositoryFiles.Read(path));
        file.Path = path;
        return file;
    }

    internal sealed class LabelSet
    {
        public Dictionary<string, string> Pairs { get; set; } = [];
    }

    internal sealed class ConfigMap
    {
        public string Name { get; set; } = "";
        public string? Behavior { get; set; }
        public List<string> Literals { get; set; } = [];
    }

    internal sealed class Image
    {
        public string Name { get; set; } = "";
        public string? NewName { get; set; }
        public string? NewTag { get; set; }
    }
}
