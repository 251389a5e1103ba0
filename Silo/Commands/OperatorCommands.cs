using System.CommandLine;
using OptiBid.History;
using OptiBid.History.Backups;
using OptiBid.Silo.Hosting;

namespace OptiBid.Silo.Commands;

/// <summary>What an operator runs beside the service, with the service's own configuration: backup, restore, roles, the first API key.</summary>
public static class OperatorCommands
{
    private const string Explanation =
        "Looks after the price history that the configuration names (ConnectionStrings:History, or the embedded file under Data:Directory).";

    /// <summary>True when a program's arguments are one of these commands and not settings of the service.</summary>
    public static bool Are(string[] arguments) => arguments is [var first, ..] && Create().Subcommands.Any(command => command.Name == first);

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments) => Create().Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });

    private static RootCommand Create() => new(Explanation) { Backup(), Restore(), Roles(), ApiKeyCommand.Create(WithAsync) };

    private static Command Backup()
    {
        var target = new Argument<string>("target") { Description = "PostgreSQL: the file to write; embedded: the folder. Must not exist" };
        var command = new Command("backup", """
            Writes everything the history holds to one place, whole or not at all.

            PostgreSQL is dumped by pg_dump while everything goes on. The embedded file is exported as Parquet and SQL, and
            the product has to be stopped meanwhile. Keys of market credentials are elsewhere and not in it.

            Examples:
              backup /backups/2026-11-25.dump
              backup ./backups/2026-11-25
            """) { target };
        command.SetAction((parsed, cancellationToken) => WithAsync<IHistoryBackup>(async backup =>
        {
            var place = parsed.GetRequiredValue(target);
            await backup.BackupAsync(place, cancellationToken);
            Console.WriteLine($"The history is in {Path.GetFullPath(place)}.");
        }));
        return command;
    }

    private static Command Restore()
    {
        var source = new Argument<string>("source") { Description = "What backup has written" };
        var command = new Command("restore", """
            Reads a backup into the configured history, which must be empty: a new database, or a folder without one.

            A TimescaleDB database needs the extension in the version that was backed up.

            Examples:
              ConnectionStrings__History='Host=db;Database=restored;…' restore /backups/2026-11-25.dump
              Data__Directory=./restored restore ./backups/2026-11-25
            """) { source };
        command.SetAction((parsed, cancellationToken) => WithAsync<IHistoryBackup>(async backup =>
        {
            await backup.RestoreAsync(parsed.GetRequiredValue(source), cancellationToken);
            Console.WriteLine("Restored.");
        }));
        return command;
    }

    private static Command Roles()
    {
        var writer = new Option<string?>("--writer") { Description = "Role of silos and gateways (ConnectionStrings:History)" };
        var reader = new Option<string?>("--reader") { Description = "Role that may only read prices (ConnectionStrings:HistoryReader, Grafana, analysts)" };
        var command = new Command("roles", """
            Gives existing database roles the rights they need and no more. Run it as the owner of the tables, again after an update.

            Example:
              ConnectionStrings__HistoryOwner='Host=db;Database=optibid;Username=owner;…' roles --writer optibid_writer --reader optibid_reader
            """) { writer, reader };
        command.Validators.Add(result =>
        {
            if (result.GetResult(writer) is null && result.GetResult(reader) is null) result.AddError("Give --writer, --reader or both");
        });
        command.SetAction((parsed, cancellationToken) => WithAsync<IDatabaseRoles>(async roles =>
        {
            await roles.GrantAsync(parsed.GetValue(writer), parsed.GetValue(reader), cancellationToken);
            Console.WriteLine("Granted.");
        }));
        return command;
    }

    private static async Task<int> WithAsync<T>(Func<T, Task> action)
        where T : class
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        if (string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("History")) && builder.Configuration.GetConnectionString("HistoryOwner") is { } owner)
        {
            builder.Configuration["ConnectionStrings:History"] = owner;
        }

        builder.Services.AddCheckedHistory(builder.Configuration);
        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            await action(services.GetService<T>() ?? throw new StartRefusedException("This needs PostgreSQL: set ConnectionStrings:History or ConnectionStrings:HistoryOwner."));
            return 0;
        }
        catch (BackupException error)
        {
            throw new StartRefusedException(error.Message);
        }
    }
}
