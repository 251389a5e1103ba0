using System.Diagnostics;
using k8s.Models;

namespace OptiBid.Deployment.Tests.Kubernetes;

public sealed class KustomizationTests
{
    public static TheoryData<string> Files => [.. KustomizationFile.All().Select(file => file.Path)];

    [Theory, MemberData(nameof(Files))]
    public void Resources_AllExist(string path)
    {
        var file = KustomizationFile.Load(path);
        Assert.Equal(("kustomize.config.k8s.io/v1beta1", "Kustomization"), (file.ApiVersion, file.Kind));
        Assert.All(file.Resources, resource =>
        {
            var target = Path.GetFullPath(Path.Combine(RepositoryFiles.PathOf(file.Folder), resource));
            Assert.True(File.Exists(target) || File.Exists(Path.Combine(target, KustomizationFile.FileName)), $"{path}: {resource} is not there.");
        });
    }

    [Fact]
    public void Base_TakesInEveryManifestBesideIt()
    {
        var file = KustomizationFile.Load($"{Manifests.BaseFolder}/{KustomizationFile.FileName}");
        Assert.Equal(
            Manifests.Base().Select(manifest => manifest.File).Distinct().Order(),
            file.Resources.Select(resource => $"{Manifests.BaseFolder}/{resource}").Order());
    }

    [Fact]
    public void Overlay_MergesIntoWhatTheBaseGenerates()
    {
        var generated = KustomizationFile.Load($"{Manifests.BaseFolder}/{KustomizationFile.FileName}").ConfigMapGenerator.Select(map => map.Name);
        var overlay = KustomizationFile.Load($"k8s/overlays/example/{KustomizationFile.FileName}");
        Assert.All(overlay.ConfigMapGenerator, map =>
        {
            Assert.Equal("merge", map.Behavior);
            Assert.Contains(map.Name, generated);
        });
    }

    [Fact]
    public void Images_AreOfTheContainersAndPinned()
    {
        var images = Manifests.Base().SelectMany(manifest => manifest.Containers).Select(container => container.Image).Order().ToList();
        Assert.All(KustomizationFile.All(), file =>
        {
            Assert.Equal(images, file.Images.Select(image => image.Name).Order());
            Assert.All(file.Images, image => Assert.Matches(@"^\d+\.\d+\.\d+$", image.NewTag));
        });
    }

    [Theory, MemberData(nameof(Files))]
    public async Task Kustomize_Renders_WhatTheApiModelTakes(string path)
    {
        var rendered = await RenderAsync(KustomizationFile.Load(path).Folder, TestContext.Current.CancellationToken);
        var objects = Manifests.Parse(rendered).ToList();
        Assert.Equal(2, objects.OfType<V1Deployment>().Count());
        Assert.All(
            objects.OfType<V1Deployment>().SelectMany(deployment => deployment.Spec.Template.Spec.Containers),
            container => Assert.Matches(@":\d+\.\d+\.\d+$", container.Image));
    }

    private static async Task<string> RenderAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("kubectl", ["kustomize", RepositoryFiles.PathOf(folder)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("kubectl is not installed.");
        }

        using (process)
        {
            var error = process!.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            Assert.True(process.ExitCode == 0, await error);
            return output;
        }
    }
}
