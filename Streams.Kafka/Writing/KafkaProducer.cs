using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using OptiBid.Streams.Kafka.Hosting;
using OptiBid.Streams.Kafka.Observability;

namespace OptiBid.Streams.Kafka.Writing;

/// <summary>
/// The provider's one producing client. An idempotent producer that meets a fatal error never recovers, so the
/// next use gets another one.
/// </summary>
internal sealed partial class KafkaProducer(KafkaStreamOptions options, KafkaContact contact, ILogger logger) : IDisposable
{
    private readonly Lock _lock = new();
    private IProducer<byte[]?, byte[]?>? _client;
    private bool _broken;
    private bool _disposed;

    /// <summary>The client to use now; not to be kept.</summary>
    public IProducer<byte[]?, byte[]?> Current
    {
        get
        {
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_client is not null && !_broken) return _client;
                if (_client is { } broken)
                {
                    LogReplaced();

                    // Its outstanding deliveries have failed or are about to; nobody waits for the disposal.
                    _ = Task.Run(broken.Dispose);
                }

                _broken = false;
                return _client = Build();
            }
        }
    }

    /// <summary>Looks whether an error means that the client is of no more use.</summary>
    public void Examine(Error error)
    {
        if (!error.IsFatal) return;
        lock (_lock) _broken = true;
    }

    public void Dispose()
    {
        IProducer<byte[]?, byte[]?>? client;
        lock (_lock)
        {
            _disposed = true;
            client = _client;
            _client = null;
        }

        if (client is null) return;
        client.Flush(TimeSpan.FromSeconds(5));
        client.Dispose();
    }

    private IProducer<byte[]?, byte[]?> Build() =>
        new ProducerBuilder<byte[]?, byte[]?>(ClientSettings.Producer(options))
            .SetKeySerializer(Serializers.ByteArray!)
            .SetValueSerializer(Serializers.ByteArray!)
            .SetErrorHandler((_, error) =>
            {
                Examine(error);
                if (error.Code == ErrorCode.Local_AllBrokersDown) contact.Lost(error.Reason);
                LogClientError(error.ToString());
            })
            .SetLogHandler((_, message) => LogClientMessage(message.Facility, message.Message))
            .Build();

    [LoggerMessage(LogLevel.Error, "The Kafka producer met a fatal error and is replaced")]
    private partial void LogReplaced();

    [LoggerMessage(LogLevel.Warning, "Kafka producer: {Error}")]
    private partial void LogClientError(string error);

    [LoggerMessage(LogLevel.Debug, "librdkafka {Facility}: {Message}")]
    private partial void LogClientMessage(string facility, string message);
}
