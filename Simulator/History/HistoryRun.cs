using Confluent.Kafka;
using OptiBid.Grains.Interfaces;
using Spectre.Console;

namespace OptiBid.Simulator.History;

/// <summary>Carries <c>history</c> out and shows how it goes.</summary>
internal static class HistoryRun
{
    private const int ReportEvery = 20_000;

    /// <summary>Writes the range.</summary>
    /// <param name="options">What to write.</param>
    /// <param name="console">Where progress and errors are told; never standard output.</param>
    /// <param name="standardOutput">Opens standard output.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Stops it; what was written is removed.</param>
    /// <returns>The exit code: 0, or 1 when not all was written.</returns>
    public static async Task<int> RunAsync(HistoryOptions options, IAnsiConsole console, Func<Stream> standardOutput, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (options.Problem(clock.GetUtcNow()) is { } problem) return Failed(console, problem);
        var started = clock.GetTimestamp();
        var ticks = new HistoryTicks(options);
        var target = options.BootstrapServers ?? options.Out!;
        try
        {
            await using var sink = await PriceSinks.OpenAsync(options, standardOutput, cancellationToken);
            await WatchedAsync(console, ticks.Count, report => WriteAsync(ticks, sink, report, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed(console, $"{target}: stopped before it was whole");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failed(console, $"{target}: {error.Message}");
        }
        catch (KafkaException error)
        {
            return Failed(console, $"{target}: {error.Error.Reason}");
        }

        if (console.Profile.Out.IsTerminal)
            console.MarkupLineInterpolated($"[green]{ticks.Count:N0}[/] prices written to {target} in {clock.GetElapsedTime(started).TotalSeconds:0.0} s");
        return 0;
    }

    private static async Task WriteAsync(HistoryTicks ticks, IPriceSink sink, Action<DateTimeOffset, long> report, CancellationToken cancellationToken)
    {
        var written = 0L;
        PriceTick last = default;
        foreach (var tick in ticks.Read())
        {
            await sink.WriteAsync(tick, cancellationToken);
            last = tick;
            if (++written % ReportEvery != 0) continue;
            cancellationToken.ThrowIfCancellationRequested();
            report(tick.Timestamp, written);
        }

        cancellationToken.ThrowIfCancellationRequested();
        await sink.CompleteAsync(cancellationToken);
        report(last.Timestamp, written);
    }

    /// <summary>Shows a bar on a terminal, and nothing where there is none.</summary>
    private static Task WatchedAsync(IAnsiConsole console, long count, Func<Action<DateTimeOffset, long>, Task> work)
    {
        if (!console.Profile.Out.IsTerminal) return work((_, _) => { });
        return console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(progress =>
            {
                var task = progress.AddTask("writing", maxValue: Math.Max(1, count));
                return work((time, written) =>
                {
                    task.Description($"{time:yyyy-MM-dd HH:mm} UTC");
                    task.Value = written;
                });
            });
    }

    private static int Failed(IAnsiConsole console, string problem)
    {
        console.Profile.Out.Writer.WriteLine(problem.ReplaceLineEndings(" "));
        return 1;
    }
}
