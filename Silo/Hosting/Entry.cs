using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OptiBid.History;

namespace OptiBid.Silo.Hosting;

/// <summary>Runs a program so that a wrong configuration ends it with one clear line instead of a stack trace.</summary>
public static class Entry
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code: 1 when the configuration was refused.</returns>
    public static Task<int> RunAsync(Func<Task> program) => RunAsync(async () =>
    {
        await program();
        return 0;
    });

    /// <summary>The same for a program with an exit code of its own.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> program)
    {
        try
        {
            return await program();
        }
        catch (Exception error) when (LineOf(error) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return 1;
        }
    }

    /// <summary>The line to show where it is the configuration that is wrong, or what it names is not to be had; null for any other fault.</summary>
    private static string? LineOf(Exception error) => error switch
    {
        StartRefusedException => error.Message,
        HistoryUnavailableException => error.Message,
        InvalidOperationException { InnerException: DbException } => error.Message,
        IOException { InnerException: AddressInUseException } => error.Message,

        // The binder's names the key and the value it could not convert.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => error.Message,
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        AggregateException { InnerExceptions: [var only] } => LineOf(only),
        _ => null,
    };
}
