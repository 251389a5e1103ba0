using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Api.Prices;

[CollectionDefinition(nameof(ExportMemoryTests), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What an export keeps in memory; alone, because others' memory would be counted too.</summary>
[Collection(nameof(ExportMemoryTests))]
public class ExportMemoryTests
{
    private const int Rows = 300_000;

    [Fact]
    public async Task Export_Large_HoldsNoMoreThanARowGroup()
    {
        await using var gateway = await GatewayHost.StartAsync();
        foreach (var accept in new[] { "application/vnd.apache.parquet", "text/csv", "application/x-ndjson" })
        {
            var held = new List<long>();
            gateway.History.Source = _ => Prices(held);
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/prices/history?zone=PJM&location=A");
            request.Headers.Accept.ParseAdd(accept);
            using var response = await gateway.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            await (await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)).CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

            // The rows between the two measurements are 40 MB, and more as text.
            Assert.Equal(2, held.Count);
            Assert.True(held[1] - held[0] < 15_000_000, $"{accept}: {held[0]:N0} bytes, later {held[1]:N0}");
        }
    }

    // The first price is read twice: the call asks first whether the history knows the location.
    private static IEnumerable<PriceTick> Prices(List<long> held)
    {
        for (var i = 0; i < Rows; i++)
        {
            if (i is 60_000 or Rows - 1) held.Add(GC.GetTotalMemory(forceFullCollection: true));
            yield return Ticks.Tick("A", i, i);
        }
    }
}
