using Microsoft.Extensions.DependencyInjection;
using OptiBid.Grains.Interfaces;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OptiBid.Benchmarks.Streams;

/// <summary>Key: a partition.</summary>
[Alias("benchmark.IDrainGrain")]
internal interface IDrainGrain : IGrainWithStringKey;

/// <summary>Takes batches, counts them and calls them complete.</summary>
[RegexImplicitStreamSubscription(@"^market_data\."), PreferLocalPlacement]
internal sealed class DrainGrain(Drain drain, [FromKeyedServices(StreamNames.Provider)] IKafkaCommitter committer)
    : Grain, IDrainGrain, IStreamSubscriptionObserver, IAsyncObserver<KafkaBatch<PriceTick>>
{
    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<KafkaBatch<PriceTick>>().ResumeAsync(this);

    public Task OnNextAsync(KafkaBatch<PriceTick> item, StreamSequenceToken? token = null)
    {
        drain.Add(item.Records.Length);
        committer.Complete(item.Position);
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;
}
