using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OptiBid.Gateway.Live.Feeds;

namespace OptiBid.Gateway.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILogger<LiveFeedSubscriber>
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue(formatter(state, exception));
}
