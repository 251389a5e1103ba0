using Microsoft.Extensions.Options;

namespace OptiBid.Silo.Hosting;

/// <summary>Runs a program so that a wrong configuration ends it with one clear line instead of a stack trace.</summary>
public static class Entry
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code: 1 when the configuration was refused.</returns>
    public static async Task<int> RunAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
        catch (OptionsValidationException refusal)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, refusal.Failures));
            return 1;
        }
    }
}
