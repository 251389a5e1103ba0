using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using OptiBid.Tests;

namespace OptiBid.Gateway.Tests.Caching;

/// <summary>A Redis server of its own on a free port of loopback, in memory alone, which tests may kill, hold up and start again.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly int _port = FreePorts.Take();
    private Process? _process;

    /// <summary>The program, or null. <c>OPTIBID_REDIS_SERVER</c> names another.</summary>
    private static string? Program { get; } = new[] { Environment.GetEnvironmentVariable("OPTIBID_REDIS_SERVER") }
        .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(static folder => Path.Combine(folder, "redis-server")))
        .FirstOrDefault(static file => !string.IsNullOrEmpty(file) && File.Exists(file));

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port}");

    /// <summary>Why tests that need a server have to be skipped; null when they can run. With <c>CI=true</c> a missing one is an error.</summary>
    public static string? WhySkip()
    {
        if (Program is not null) return null;

        const string Reason = "No Redis server is installed: redis-server was not found in PATH or in OPTIBID_REDIS_SERVER.";
        return Environment.GetEnvironmentVariable("CI") == "true" ? throw new InvalidOperationException(Reason) : Reason;
    }

    public static async Task<RedisServer> StartNewAsync()
    {
        var server = new RedisServer();
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Program!) { RedirectStandardOutput = true };
        string[] arguments = ["--port", _port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", Path.GetTempPath()];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();

        var clock = Stopwatch.StartNew();
        while (!await IsThereAsync())
        {
            Assert.True(clock.Elapsed < Patience && !_process.HasExited, "Redis starts");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Takes connections, and answers nothing.</summary>
    public void HoldUp() => Signal("-STOP");

    public void GoOn() => Signal("-CONT");

    public ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) _process.Kill();
        _process?.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private async Task<bool> IsThereAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, TestContext.Current.CancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
