using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Reading;

namespace OptiBid.Grains.Zones;

/// <summary>Counts the ticks that the history could not take.</summary>
internal sealed class CountedDeadLetters(IKafkaDeadLetters<PriceTick> letters, ZoneTallies tallies) : IKafkaDeadLetters<PriceTick>
{
    public async Task WriteAsync(KafkaBatchPosition batch, PriceTick record, string reason, CancellationToken cancellationToken)
    {
        await letters.WriteAsync(batch, record, reason, cancellationToken);
        tallies.Reject(record);
    }
}
