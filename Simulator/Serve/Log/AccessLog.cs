using System.Text.Json;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Log;

/// <summary>The calls made to the markets, the newest 200,000 in memory and all of them in a file where one is given.</summary>
internal sealed class AccessLog : IDisposable
{
    private const int Kept = 200_000;

    private readonly Lock _lock = new();
    private readonly Queue<LoggedCall> _calls = new();
    private readonly StreamWriter? _file;

    /// <param name="path">File that calls are appended to; null for none.</param>
    public AccessLog(string? path) => _file = path is null ? null : new StreamWriter(path, append: true) { AutoFlush = true };

    /// <summary>Notes a call.</summary>
    public void Add(LoggedCall call)
    {
        lock (_lock)
        {
            _calls.Enqueue(call);
            if (_calls.Count > Kept) _calls.Dequeue();
            _file?.WriteLine(JsonSerializer.Serialize(call, ServeJson.Options));
        }
    }

    /// <summary>The calls, in the order they came in.</summary>
    public IReadOnlyList<LoggedCall> Calls(MarketZone? zone = null)
    {
        lock (_lock) return [.. _calls.Where(call => zone is null || call.Zone == zone).OrderBy(call => call.Time)];
    }

    public void Dispose() => _file?.Dispose();
}
