using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using OptiBid.Tests;

namespace OptiBid.ProductProcess;

/// <summary>
/// A silo or a gateway as a process of its own, the way a user runs it, on free ports and with an environment of
/// its own; ended with the test, by signal or by kill.
/// </summary>
public sealed class ProductProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(90);

    /// <summary>All callers of a suite have one address; its budgets are not what these suites are about.</summary>
    private static readonly Dictionary<string, string> Generous = new()
    {
        ["Limits__RequestsPerSecond"] = "1000000",
        ["Limits__Burst"] = "1000000",
        ["Limits__ExportsPerMinute"] = "1000000",
        ["Limits__ConcurrentExports"] = "10000",
        ["Limits__ConnectionsPerAddress"] = "1000000",
    };

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private ProductProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client of it.</summary>
    public HttpClient Http { get; }

    /// <summary>The number the operating system knows it by.</summary>
    public int Id => _process.Id;

    /// <summary>What it has printed.</summary>
    public string Output => string.Join('\n', _output);

    /// <summary>True once it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Memory it has in use, bytes.</summary>
    public long WorkingSet
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Starts a project's program and does not wait for it.</summary>
    /// <param name="project">Folder of the project below the repository, such as <c>Gateway</c>.</param>
    /// <param name="settings">Configuration, keys with <c>__</c>; <c>Urls</c> is set to the address.</param>
    /// <param name="address">Where it shall listen; a free port where left out.</param>
    /// <param name="arguments">Its command line.</param>
    public static ProductProcess Start(string project, IReadOnlyDictionary<string, string> settings, Uri? address = null, params IEnumerable<string> arguments)
    {
        address ??= new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.Combine(RepositoryRoot(), project),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program(project));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (key, value) in Generous.Concat(settings)) start.Environment[key] = value;
        start.Environment["Urls"] = address.ToString();
        return new ProductProcess(Process.Start(start) ?? throw new InvalidOperationException("The process did not start."), address);
    }

    /// <summary>A project's program, built as the caller is: <c>Debug</c> or <c>Release</c>.</summary>
    /// <param name="project">Folder of the project below the repository.</param>
    public static string Program(string project)
    {
        var output = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        return Path.Combine(RepositoryRoot(), project, "bin", output, "net10.0", $"OptiBid.{project}.dll");
    }

    /// <summary>Waits until <c>/health/ready</c> answers 200.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        await Eventually.TrueAsync(
            async () =>
            {
                if (HasExited) throw new InvalidOperationException($"The process ended with {ExitCode}:\n{Output}");
                try
                {
                    return (await Http.GetAsync("/health/ready", cancellationToken)).StatusCode == HttpStatusCode.OK;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            StartPatience,
            () => $"{Address} did not become ready:\n{Output}",
            cancellationToken);
    }

    /// <summary>Waits for it to end by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>kill -9: no handler runs, no buffer is flushed.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator stops it; waits for the end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString()]);
        await signal.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>A port free at the moment.</summary>
    public static int FreePort() => FreePorts.Take();

    /// <summary>Kills it if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        Http.Dispose();
        _process.Dispose();
    }

    /// <summary>The folder that the solution lies in.</summary>
    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OptiBid.Orleans.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("This does not run inside the repository.");
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        _output.Enqueue(line);
        while (_output.Count > 2_000) _output.TryDequeue(out _);
    }
}
