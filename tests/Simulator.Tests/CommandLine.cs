using System.CommandLine;
using OptiBid.Simulator.History;
using OptiBid.Simulator.Plot;

namespace OptiBid.Simulator.Tests;

/// <summary>Runs the tool's commands as its user would, in this process.</summary>
internal static class CommandLine
{
    public static async Task<(int Code, string Error)> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        var error = new StringWriter();
        var root = new RootCommand("test") { HistoryCommand.Create(), PlotCommand.Create() };
        var code = await root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = new StringWriter(), Error = error }, cancellationToken);
        return (code, error.ToString());
    }
}
