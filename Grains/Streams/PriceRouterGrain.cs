using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Alerts;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Grains.Locations;
using OptiBid.Grains.Zones;
using OptiBid.History;
using OptiBid.Streams.Kafka.Commits;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Reading;
using Orleans.Placement;
using Orleans.Runtime.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace OptiBid.Grains.Streams;

/// <summary>Routes one partition's prices; its key is the partition and its topic.</summary>
[Alias("optibid.IPriceRouterGrain")]
internal interface IPriceRouterGrain : IGrainWithIntegerCompoundKey;

/// <summary>
/// The consumer of one partition's stream, on the silo that reads it: gives each location its ticks, then tells
/// the live feed, the users whose alert rules have found something, and the history. A batch is taken again from the
/// start when anything fails, which changes nothing twice.
/// </summary>
[RegexImplicitStreamSubscription(@"^market_data\.[a-z]+$")]
[PreferLocalPlacement]
internal sealed partial class PriceRouterGrain(
    LocationTurns turns,
    LiveFeed live,
    IHistoryWriter history,
    [FromKeyedServices(StreamNames.Provider)] IKafkaCommitter committer,
    [FromKeyedServices(StreamNames.Provider)] IKafkaDeadLetters<PriceTick> deadLetters,
    AlertWatch rules,
    AlertPost alerts,
    ZoneTallies tallies,
    WrittenPrices written,
    GrainInstruments instruments,
    ILocalSiloDetails silo,
    IHostApplicationLifetime host,
    ILogger<PriceRouterGrain> log) : Grain, IPriceRouterGrain, IStreamSubscriptionObserver, IAsyncObserver<KafkaBatch<PriceTick>>
{
    // It outlives this activation: a partition that is to be read again must be, also when its router has moved on.
    private readonly HistoryHandOff _handOff = new(history, committer, new CountedDeadLetters(deadLetters, tallies), written, instruments, log, host.ApplicationStopping);

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        handleFactory.Create<KafkaBatch<PriceTick>>().ResumeAsync(this);

    public async Task OnNextAsync(KafkaBatch<PriceTick> batch, StreamSequenceToken? token = null)
    {
        if (!batch.Position.Reader.Equals(silo.SiloAddress))
        {
            FollowTo(batch.Position.Reader);
            throw new RouterMovingException(batch.Position.Reader);
        }

        // Prices do not wait for rules that cannot be read; they are read again once the rules are there.
        var hasRules = rules.Ready.IsCompleted || await rules.AwaitAsync();

        var grouped = LocationBatch.Group(batch.Records);
        var newest = new List<PriceUpdate>(grouped.Locations.Count);
        var found = new List<AlertFinding>();
        await turns.ApplyAsync(grouped, newest, found);

        if (batch.Records.Length > 0) instruments.Ticks(batch.Records[0].MarketZone, grouped.Kinds);
        tallies.Add(grouped.Ticks, grouped.Kinds, newest);
        live.Publish(newest);
        _handOff.Offer(batch.Position, grouped.Ticks, alerts.Send(found, hasRules ? null : rules.AgainAsync()));
    }

    public Task OnErrorAsync(Exception ex)
    {
        LogDeliveryFailed(this.GetPrimaryKeyString(), ex);
        return Task.CompletedTask;
    }

    private void FollowTo(SiloAddress reader)
    {
        RequestContext.Set(IPlacementDirector.PlacementHintKey, reader);
        this.MigrateOnIdle();
    }

    [LoggerMessage(LogLevel.Warning, "Delivery to the router of {Partition} failed; the partition is read again from its commit point.")]
    private partial void LogDeliveryFailed(string partition, Exception error);
}

/// <summary>The partition is read on another silo now; the router moves there and the batch is delivered again.</summary>
/// <param name="reader">The silo that reads it.</param>
[GenerateSerializer, Alias("optibid.RouterMovingException")]
internal sealed class RouterMovingException(SiloAddress reader)
    : Exception($"The router is moving to {reader}, which reads this partition now.");
