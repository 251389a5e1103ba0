using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.Streams.Kafka.Reading;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Serialization;
using Orleans.Streams;

namespace OptiBid.Streams.Kafka.Tests.Reading;

public class KafkaBatchContainerTests
{
    private static readonly KafkaBatchPosition Position = new("records", 3, 7, 100, 105, SiloAddress.New(IPAddress.Loopback, 11_111, 5));
    private readonly KafkaBatchContainer<string> _container = new(StreamId.Create("records", "3"), new KafkaBatch<string>(Position, ["a", "b"], "trace"), completeOnDelivery: false);
    private readonly Serializer _serializer = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    [Fact]
    public void GetEvents_Batch_IsOneEvent()
    {
        var (batch, token) = Assert.Single(_container.GetEvents<KafkaBatch<string>>());
        Assert.Same(_container.Batch, batch);
        Assert.Equal(100, token.SequenceNumber);
        Assert.Single(_container.GetEvents<object>());
    }

    [Fact]
    public void GetEvents_OtherType_SaysWhatTheStreamCarries()
    {
        Assert.Contains("KafkaBatch", Assert.Throws<InvalidCastException>(() => _container.GetEvents<int>()).Message);
        Assert.Contains("CompleteOnDelivery", Assert.Throws<InvalidCastException>(() => _container.GetEvents<string>()).Message);
    }

    [Fact]
    public void GetEvents_RecordsCompletedByDelivery_AreAnEventEach()
    {
        var container = new KafkaBatchContainer<string>(_container.StreamId, _container.Batch, completeOnDelivery: true);
        var events = container.GetEvents<string>().ToList();

        Assert.Equal(["a", "b"], events.Select(item => item.Item1));
        Assert.True(events[0].Item2.Older(events[1].Item2));
        Assert.Single(container.GetEvents<KafkaBatch<string>>());
    }

    [Fact]
    public void Serialize_ToAnotherSilo_IsWhole()
    {
        var copy = (KafkaBatchContainer<string>)_serializer.Deserialize<IBatchContainer>(_serializer.SerializeToArray<IBatchContainer>(_container))!;

        Assert.Equal(_container.StreamId, copy.StreamId);
        Assert.Equal(Position, copy.Position);
        Assert.Equal(["a", "b"], copy.Batch.Records);
        Assert.Equal("trace", copy.Batch.TraceParent);
    }

    [Fact]
    public void Serialize_PublishException_KeepsWhatItSays()
    {
        var copy = (KafkaPublishException)_serializer.Deserialize<Exception>(_serializer.SerializeToArray<Exception>(new KafkaPublishException("records", 2, 5, "away")))!;

        Assert.Equal(("records", 2, 5), (copy.Topic, copy.Failed, copy.Total));
        Assert.Contains("away", copy.Message);
    }
}
