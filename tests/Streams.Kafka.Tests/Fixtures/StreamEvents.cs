using System.Collections.Concurrent;
using Orleans.Streaming.Diagnostics;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

/// <summary>What Orleans' streaming says it does on some silos: something to wait for in place of a time.</summary>
internal sealed class StreamEvents : IObserver<StreamingEvents.StreamingEvent>, IDisposable
{
    private readonly ConcurrentQueue<StreamingEvents.StreamingEvent> _events = new();
    private readonly IDisposable _subscription;
    private readonly HashSet<SiloAddress> _silos;

    /// <param name="silos">The silos listened to.</param>
    public StreamEvents(IEnumerable<SiloAddress> silos)
    {
        _silos = [.. silos];
        _subscription = StreamingEvents.AllEvents.Subscribe(this);
    }

    /// <summary>How often the agents have forgotten a stream because nothing came.</summary>
    public int Inactive(StreamId stream) => _events.OfType<StreamingEvents.StreamInactive>().Count(inactive => inactive.StreamId == stream);

    public void OnNext(StreamingEvents.StreamingEvent value)
    {
        if (value.SiloAddress is { } silo && _silos.Contains(silo)) _events.Enqueue(value);
    }

    public void OnError(Exception error) => throw error;

    public void OnCompleted()
    {
        // Never: it is the process's.
    }

    public void Dispose() => _subscription.Dispose();
}
