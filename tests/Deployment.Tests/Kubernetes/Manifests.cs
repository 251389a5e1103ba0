using k8s;
using k8s.Models;

namespace OptiBid.Deployment.Tests.Kubernetes;

/// <summary>A Kubernetes object, and the file it is in.</summary>
internal sealed record Manifest(string File, IKubernetesObject<V1ObjectMeta> Object)
{
    public string Name => Object.Metadata.Name;

    public V1PodSpec? Pod => (Object as V1Deployment)?.Spec.Template.Spec;

    public IEnumerable<V1Container> Containers => Pod is { } pod ? [.. pod.InitContainers ?? [], .. pod.Containers] : [];
}

/// <summary>The files below <c>k8s/</c>, read with the API's own model: a field that it has not is an error.</summary>
internal static class Manifests
{
    public const string BaseFolder = "k8s/base";

    private static readonly Dictionary<string, Type> Types = new()
    {
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/Secret"] = typeof(V1Secret),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["autoscaling/v2/HorizontalPodAutoscaler"] = typeof(V2HorizontalPodAutoscaler),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    /// <summary>All files that hold Kubernetes objects; kustomizations are not among them.</summary>
    public static IEnumerable<string> Files() =>
        RepositoryFiles.Below("k8s", "*.yaml").Where(file => Path.GetFileName(file) != KustomizationFile.FileName);

    public static IReadOnlyList<Manifest> Base() => [.. Files().Where(file => file.StartsWith(BaseFolder, StringComparison.Ordinal)).SelectMany(Load)];

    public static IEnumerable<Manifest> Load(string file) => Parse(RepositoryFiles.Read(file)).Select(item => new Manifest(file, item));

    /// <summary>The objects of a text.</summary>
    /// <exception cref="Exception">A field or a kind that the model does not know.</exception>
    public static IEnumerable<IKubernetesObject<V1ObjectMeta>> Parse(string yaml) =>
        KubernetesYaml.LoadAllFromString(yaml, Types, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>();

    public static IEnumerable<T> All<T>(this IEnumerable<Manifest> manifests) => manifests.Select(manifest => manifest.Object).OfType<T>();
}
