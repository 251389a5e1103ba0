using System.Diagnostics;
using Npgsql;

namespace OptiBid.History.Backups;

/// <summary>
/// PostgreSQL's own programs <c>pg_dump</c> and <c>pg_restore</c>. They reach the database as the
/// connection string says; the password travels in the environment, where other users cannot see it.
/// </summary>
/// <param name="connection">The database and whom to be there.</param>
/// <param name="folder">Where they are; null for anywhere in PATH.</param>
internal sealed class PostgresTool(NpgsqlConnectionStringBuilder connection, string? folder)
{
    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote to standard output.</returns>
    /// <exception cref="BackupException">It is not there, or it failed; with its own last words.</exception>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments);
        using var stop = cancellationToken.Register(() => process.Kill(entireProcessTree: true));
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        var words = (await errors).Trim();
        return process.ExitCode == 0
            ? await output
            : throw new BackupException($"{program} ended with {process.ExitCode}: {(words.Length > 2_000 ? words[^2_000..] : words)}");
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(folder is null ? program : Path.Combine(folder, program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Set("PGHOST", connection.Host);
        Set("PGPORT", $"{connection.Port}");
        Set("PGDATABASE", connection.Database);
        Set("PGUSER", connection.Username);
        Set("PGPASSWORD", connection.Password);
        Set("PGPASSFILE", connection.Passfile);
        Set("PGSSLROOTCERT", connection.RootCertificate);
        Set("PGSSLMODE", connection.SslMode switch
        {
            SslMode.VerifyCA => "verify-ca",
            SslMode.VerifyFull => "verify-full",
            var mode => mode.ToString().ToLowerInvariant(),
        });
        Set("PGAPPNAME", "OptiBid backup");
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new BackupException($"{program} cannot be started ({error.Message}). Install PostgreSQL's client programs, of the server's version or newer, where PATH or History:PostgresTools names them.", error);
        }

        void Set(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) start.Environment[name] = value;
        }
    }
}
