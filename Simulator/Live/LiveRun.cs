using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using Spectre.Console;

namespace OptiBid.Simulator.Live;

/// <summary>Carries <c>live</c> out and shows how it goes.</summary>
internal static class LiveRun
{
    /// <summary>Publishes until the count is reached or the run is stopped.</summary>
    /// <returns>The exit code: 0, or 1 when a price could not be delivered.</returns>
    public static async Task<int> RunAsync(LiveOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var publisher = new TickPublisher(options.BootstrapServers);
        try
        {
            await AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn(), new ElapsedTimeColumn())
                .StartAsync(progress => PublishAsync(options, publisher, progress.AddTask("publishing"), clock, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped by hand: what was handed over still goes out.
            publisher.Flush(CancellationToken.None);
        }
        catch (KafkaException error)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{options.BootstrapServers}: {error.Error.Reason}[/]");
            return 1;
        }

        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        AnsiConsole.MarkupLineInterpolated(
            $"[green]{publisher.Delivered:N0}[/] prices published to {string.Join(", ", options.Zones.Select(zone => zone.Topic()))} in {seconds:0.0} s ({publisher.Delivered / seconds:N0}/s)");
        return 0;
    }

    private static async Task PublishAsync(LiveOptions options, TickPublisher publisher, ProgressTask progress, TimeProvider clock, CancellationToken cancellationToken)
    {
        progress.MaxValue(options.Count ?? 1);
        progress.IsIndeterminate(options.Count is null);
        var pace = new Pace(options.Rate, clock);
        var start = options.StartAt(clock.GetUtcNow());
        var sent = 0L;
        foreach (var tick in SimulatedTicks.From(options, start))
        {
            if (sent == options.Count) break;
            cancellationToken.ThrowIfCancellationRequested();
            var wait = pace.Next(tick.PublishedAt);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken);
            await publisher.PublishAsync(tick, cancellationToken);

            if (++sent % 500 != 0 && wait <= TimeSpan.Zero) continue;
            progress.Description($"{tick.Timestamp:yyyy-MM-dd HH:mm} UTC, {sent:N0} prices");
            if (options.Count is not null) progress.Value = sent;
        }

        publisher.Flush(cancellationToken);
        progress.IsIndeterminate(false);
        progress.Value = progress.MaxValue;
    }
}
