using Microsoft.Extensions.Logging.Abstractions;
using OptiBid.Connectors.Zones;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Connectors.Tests.Zones;

public sealed class LocationRecorderTests
{
    private readonly MemoryDirectory _directory = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private LocationRecorder Recorder() => new(MarketZone.ERCOT, _directory, TimeProvider.System, NullLogger<LocationRecorder>.Instance);

    private static MarketLocation Place(LocationType type, string id = "A") => new(new LocationId(MarketZone.ERCOT, id), id, type);

    [Fact]
    public async Task RecordAsync_PayloadWithoutTypes_DoesNotTakeAKnownTypeAway()
    {
        var recorder = Recorder();
        await recorder.RecordAsync([Place(LocationType.Node)], Cancel);
        await recorder.RecordAsync([Place(LocationType.Gen)], Cancel);
        await recorder.RecordAsync([Place(LocationType.Node)], Cancel);

        // Nor after a restart.
        await Recorder().RecordAsync([Place(LocationType.Node)], Cancel);

        Assert.Equal([LocationType.Node, LocationType.Gen], _directory.Saved.Select(batch => batch.Single().Type));
    }

    [Fact]
    public async Task RecordAsync_ManyPlaces_AreEnteredInParts()
    {
        await Recorder().RecordAsync([.. Enumerable.Range(0, 2_500).Select(i => Place(LocationType.Gen, $"N{i}"))], Cancel);

        Assert.Equal([1_000, 1_000, 500], _directory.Saved.Select(batch => batch.Length));
    }
}
