using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.Reading;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OptiBid.Streams.Kafka.Tests.Fixtures;

[Alias("test.ISinkGrain")]
public interface ISinkGrain : IGrainWithStringKey;

/// <summary>A consumer as an application has it: implicit, beside its reader, one batch an event.</summary>
[ImplicitStreamSubscription(KafkaTestCluster.Topic), RegexImplicitStreamSubscription("^" + KafkaTestCluster.LaterTopic), PreferLocalPlacement]
internal sealed class SinkGrain(Sink sink, [FromKeyedServices(KafkaTestCluster.Provider)] IKafkaCommitter committer, ILocalSiloDetails silo)
    : Grain, ISinkGrain, IStreamSubscriptionObserver, IAsyncObserver<KafkaBatch<string>>
{
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory)
    {
        await sink.OnSubscribing();
        await handleFactory.Create<KafkaBatch<string>>().ResumeAsync(this);
    }

    public async Task OnNextAsync(KafkaBatch<string> item, StreamSequenceToken? token = null)
    {
        await sink.OnBatch(item, new ConsumerContext(committer, silo.SiloAddress, MigrateTo(item.Position.Reader), DeactivateOnIdle));
        sink.Add(new Delivery(item, silo.SiloAddress));
    }

    public Task OnErrorAsync(Exception ex) => Task.CompletedTask;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        sink.CountDeactivation();
        return Task.CompletedTask;
    }

    private Action MigrateTo(SiloAddress target) => () =>
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, target);
        this.MigrateOnIdle();
    };
}
