using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace OptiBid.Gateway.Tests;

/// <summary>
/// The dashboard's pages, 13 MB, which it compresses when it starts: most of the time that a gateway's start takes. Once for all hosts here.
/// </summary>
internal static class DashboardPages
{
    private static readonly Lock Gate = new();
    private static object? _pages;

    /// <summary>Gives a host the pages there are.</summary>
    public static void Share(IServiceCollection services)
    {
        var type = services.Single(service => service.ServiceType.FullName == "Orleans.Dashboard.EmbeddedAssetProvider").ServiceType;
        lock (Gate) _pages ??= Activator.CreateInstance(type, nonPublic: true)!;
        services.RemoveAll(type);
        services.AddSingleton(type, _pages);
    }
}
