using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using OptiBid.Gateway.Management;

namespace OptiBid.Gateway.Screen;

/// <summary>What the console says once the gateway listens.</summary>
internal static class Banner
{
    private static readonly (string Path, string What)[] Places =
    [
        ("/", "web screen"),
        ("/docs", "API reference"),
        ("/api/v1/prices/live", "newest prices"),
        ("/dashboard", "Orleans dashboard"),
        ("/health", "health in words"),
    ];

    /// <summary>Prints it when everything has started.</summary>
    /// <param name="app">The host.</param>
    /// <param name="parts">What runs inside this process and what it is connected with, a line each.</param>
    public static WebApplication PrintBanner(this WebApplication app, IReadOnlyList<string> parts)
    {
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
            Console.WriteLine(Text(addresses.FirstOrDefault() ?? "", parts, app.Services.GetRequiredService<ManagementOptions>().Port));
        });
        return app;
    }

    public static string Text(string address, IReadOnlyList<string> parts, int? managementPort = null)
    {
        var management = managementPort is { } port ? $"http://localhost:{port}" : address;
        var text = new StringBuilder("\nOptiBid.Orleans gateway is running.\n");
        foreach (var part in parts) text.Append("  ").Append(part).Append('\n');
        text.Append('\n');
        foreach (var (path, what) in Places) Line(path, what, address);
        Line("/metrics", "Prometheus metrics", management);
        return text.ToString();

        void Line(string path, string what, string at) => text.Append("  ").Append(what.PadRight(20)).Append(at.TrimEnd('/')).Append(path).Append('\n');
    }
}
