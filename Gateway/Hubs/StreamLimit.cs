using Microsoft.AspNetCore.SignalR;
using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Hubs;

/// <summary>Counts the streams of each connection. A place taken is given back when it is disposed of.</summary>
internal sealed class StreamLimit(LimitOptions options)
{
    private static readonly object Key = new();

    /// <exception cref="HubException">The connection has as many streams as it may.</exception>
    public IDisposable Take(HubCallerContext connection)
    {
        Places places;
        lock (connection.Items)
        {
            places = (Places)(connection.Items[Key] = connection.Items.TryGetValue(Key, out var known) ? known! : new Places())!;
        }

        if (places.TryTake(options.StreamsPerConnection)) return places;
        throw new HubException($"A connection may have {options.StreamsPerConnection} streams at once; end one first.");
    }

    private sealed class Places : IDisposable
    {
        private int _taken;

        public bool TryTake(int most)
        {
            if (Interlocked.Increment(ref _taken) <= most) return true;
            Interlocked.Decrement(ref _taken);
            return false;
        }

        public void Dispose() => Interlocked.Decrement(ref _taken);
    }
}
