using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OptiBid.Gateway.Tests;

/// <summary>Keeps every line that a gateway logs.</summary>
internal sealed class LogRecorder : ILoggerProvider
{
    public ConcurrentQueue<Line> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Recorder(this);

    public void Dispose()
    {
    }

    public sealed record Line(LogLevel Level, string? Event, string Text);

    private sealed class Recorder(LogRecorder owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            owner.Lines.Enqueue(new(logLevel, eventId.Name, formatter(state, exception) + exception));
    }
}
