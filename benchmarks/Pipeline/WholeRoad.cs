using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Benchmarks.Streams;
using OptiBid.Silo;
using Orleans.Configuration;

namespace OptiBid.Benchmarks.Pipeline;

/// <summary>The product: Kafka, router, a grain for each location, history.</summary>
internal static class WholeRoad
{
    public static async Task<Measurement> MeasureAsync(LogProcess log, string? history, long warmUp, long records)
    {
        var data = Directory.CreateTempSubdirectory("optibid-bench-");
        try
        {
            var builder = WebApplication.CreateBuilder();
            builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Data:Directory"] = data.FullName,
                ["Kafka:BootstrapServers"] = log.BootstrapServers,
                ["Kafka:ManageTopics"] = "false",
                ["Kafka:ConsumerGroup"] = $"bench-{Guid.NewGuid():N}",
                ["ConnectionStrings:History"] = history,
                ["Silo:Embedded"] = "true",
                ["Silo:ClusterId"] = $"bench-{Guid.NewGuid():N}",
                ["Urls"] = "http://127.0.0.1:0",
            });
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            builder.AddOptiBidSilo();
            builder.Services.Configure<GrainTypeOptions>(types => types.Classes.Remove(typeof(DrainGrain)));

            long written = 0;
            using var listener = new MeterListener
            {
                InstrumentPublished = (instrument, self) =>
                {
                    if (instrument is { Meter.Name: "OptiBid.History", Name: "optibid.history.ticks.written" }) self.EnableMeasurementEvents(instrument);
                },
            };
            listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref written, count));
            listener.Start();

            await using var app = builder.Build();
            await app.StartAsync();
            await Measurement.TakeAsync(log, warmUp, () => Interlocked.Read(ref written));
            var measured = await Measurement.TakeAsync(log, records, () => Interlocked.Read(ref written));
            await app.StopAsync();
            return measured;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
