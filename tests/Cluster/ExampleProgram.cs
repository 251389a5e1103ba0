using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace OptiBid.Cluster.Tests;

/// <summary>One of the programs in <c>examples/</c>, started the way its readme says, and what it has printed.</summary>
internal sealed class ExampleProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<Line> _lines = new();
    private readonly ConcurrentQueue<string> _errors = new();

    private ExampleProgram(string name, Process process)
    {
        (Name, _process) = (name, process);
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { } text) _lines.Enqueue(Line.Parse(text));
        };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } text) _errors.Enqueue(text);
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Name { get; }

    public IReadOnlyCollection<Line> Lines => _lines;

    public string Errors => string.Join('\n', _errors);

    public bool HasEnded => _process.HasExited;

    public static ExampleProgram Start(string name, Uri gateway, string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["OPTIBID_URL"] = gateway.ToString().TrimEnd('/');
        start.Environment.Remove("OPTIBID_API_KEY");
        return new ExampleProgram(name, Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start."));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public override string ToString() => $"{Name}: {_lines.Count} lines, the last {_lines.LastOrDefault()}; errors:\n{Errors}";

    /// <summary>A printed price.</summary>
    internal sealed record Line(DateTimeOffset Timestamp, string Zone, string Location, string Type, double Price)
    {
        public static Line Parse(string text)
        {
            var parts = text.Split(' ');
            return new(
                DateTimeOffset.Parse(parts[0], CultureInfo.InvariantCulture), parts[1], parts[2], parts[3], double.Parse(parts[4], CultureInfo.InvariantCulture));
        }
    }
}
