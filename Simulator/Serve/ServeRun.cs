using Microsoft.AspNetCore.Connections;
using OptiBid.Grains.Interfaces;
using Spectre.Console;

namespace OptiBid.Simulator.Serve;

/// <summary>Carries <c>serve</c> out.</summary>
internal static class ServeRun
{
    /// <summary>Serves until it is stopped.</summary>
    /// <param name="options">What to serve.</param>
    /// <param name="output">Where the address goes, as the first line.</param>
    /// <param name="error">Where a line goes that says why it cannot start.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The exit code: 0, or 1 when it could not start.</returns>
    public static async Task<int> RunAsync(ServeOptions options, TextWriter output, TextWriter error, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await using var host = await ServeHost.StartAsync(options, clock, cancellationToken);
            await output.WriteLineAsync($"listening on {host.Url}");
            await output.FlushAsync(cancellationToken);
            if (!Console.IsOutputRedirected) ShowAddresses(host.Url, options);
            await host.WaitAsync(cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (IOException problem) when (problem.InnerException is AddressInUseException)
        {
            await error.WriteLineAsync($"--port: {options.Port} is in use by another process");
            return 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(problem.Message);
            return 1;
        }
    }

    private static void ShowAddresses(string url, ServeOptions options)
    {
        var table = new Spectre.Console.Table().Border(TableBorder.Minimal).AddColumns("market", "base address");
        foreach (var zone in options.Recordings is null ? options.Zones : ServeZones.All)
        {
            foreach (var path in Paths(zone)) table.AddRow(zone.Name(), url + path);
        }

        table.AddRow("faults, log, truth", url + "/_control");
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLine("Ctrl-C ends it.");
    }

    private static string[] Paths(MarketZone zone) => zone switch
    {
        MarketZone.PJM => ["/pjm/api/v1"],
        MarketZone.CAISO => ["/caiso/oasisapi", "/caiso/outlook"],
        MarketZone.ERCOT => ["/ercot", "/ercot/api/public-reports", "/ercot/token"],
        _ => ["/nyiso/public/csv"],
    };
}
