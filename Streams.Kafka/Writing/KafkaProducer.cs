using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>
/// The provider's one producing client. An idempotent producer that meets a fatal error never recovers, so those who
/// come next get another one; the old one is disposed of when the last who has it has given it back, since a client
/// that is disposed of earlier never reports what became of the records it still held.
/// </summary>
internal sealed partial class KafkaProducer(KafkaStreamOptions options, KafkaContact contact, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private Owned? _current;
    private bool _disposed;

    /// <summary>Lends the client out; to be given back when all that was produced with it has been acknowledged or has failed.</summary>
    /// <exception cref="ObjectDisposedException">The provider has stopped.</exception>
    public Lease Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _current ??= new Owned(this);
            _current.Users++;
            return new Lease(_current);
        }
    }

    /// <summary>Lends no more out. Records on their way are still acknowledged to those who wait for them.</summary>
    public void Dispose()
    {
        lock (_lock) _disposed = true;
        Retire(_current);
    }

    /// <summary>Takes a client out of use; it goes with its last user.</summary>
    private void Retire(Owned? client)
    {
        bool isUnused;
        lock (_lock)
        {
            if (client is null || _current != client) return;
            _current = null;
            isUnused = client.Users == 0;
        }

        if (isUnused) client.Client.Dispose();
    }

    private void GiveBack(Owned client)
    {
        bool isLast;
        lock (_lock) isLast = --client.Users == 0 && _current != client;

        // Disposal waits for the client's threads; its last user need not.
        if (isLast) _ = Task.Run(client.Client.Dispose);
    }

    private void Examine(Owned client, Error error)
    {
        if (!error.IsFatal && error.Code != ErrorCode.Local_Fatal) return;
        LogReplaced(error.ToString());
        Retire(client);
    }

    private IProducer<byte[]?, byte[]?> Build(Owned owner) =>
        new ProducerBuilder<byte[]?, byte[]?>(ClientSettings.Producer(options))
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetErrorHandler((client, error) =>
            {
                if (error.Code == ErrorCode.Local_AllBrokersDown) contact.Lost(error.Reason);
                LogClientError(error.ToString());

                // From the client's own thread, which its disposal waits for.
                if (error.IsFatal) _ = Task.Run(() => Examine(owner, error));
            })
            .SetLogHandler((_, message) => LogClientMessage(message.Facility, message.Message))
            .Build();

    [LoggerMessage(LogLevel.Error, "The Kafka producer met a fatal error and is replaced: {Error}")]
    private partial void LogReplaced(string error);

    [LoggerMessage(LogLevel.Warning, "Kafka producer: {Error}")]
    private partial void LogClientError(string error);

    [LoggerMessage(LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    private partial void LogClientMessage(string facility, string message);

    /// <summary>The client, while somebody has it.</summary>
    internal readonly struct Lease : IDisposable
    {
        private readonly Owned _owned;

        internal Lease(Owned owned) => _owned = owned;

        public IProducer<byte[]?, byte[]?> Client => _owned.Client;

        /// <summary>Looks whether an error means that this client is of no more use.</summary>
        public void Examine(Error error) => _owned.Owner.Examine(_owned, error);

        public void Dispose() => _owned.Owner.GiveBack(_owned);
    }

    /// <summary>A client and how many have it.</summary>
    internal sealed class Owned
    {
        public Owned(KafkaProducer owner) => (Owner, Client) = (owner, owner.Build(this));

        public KafkaProducer Owner { get; }

        public IProducer<byte[]?, byte[]?> Client { get; }

        public int Users { get; set; }
    }
}
