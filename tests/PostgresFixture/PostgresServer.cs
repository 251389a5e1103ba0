using System.Diagnostics;
using System.Globalization;
using Npgsql;
using OptiBid.Tests;

namespace OptiBid.PostgresFixture;

/// <summary>
/// A PostgreSQL server of its own in a temporary folder, in memory where there is room, on a free port of loopback, which tests may stop, kill
/// and start again. It runs as <c>postgres</c> when the tests run as root, which a server refuses.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Memory = "/dev/shm";
    private const long LeastMemory = 4L << 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly int _port;
    private readonly bool _isDurable;
    private int _databases;

    private PostgresServer(string folder, int port, bool isDurable)
    {
        _folder = folder;
        _port = port;
        _isDurable = isDurable;
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Creates a server and starts it. Ask <see cref="PostgresBinaries.WhySkip"/> first.</summary>
    /// <param name="isDurable">Whether commits reach the disk, as in production; what a test writes may go with the machine.</param>
    public static async Task<PostgresServer> StartNewAsync(bool isDurable = false)
    {
        var server = new PostgresServer(NewFolder(isDurable), FreePorts.Take(), isDurable);
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", ["postgres", server._folder]);
        await server.RunAsOwnerAsync("initdb", ["-D", server.Data, "-U", "optibid", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again after a stop or a kill, and waits until it answers.</summary>
    public async Task StartAsync()
    {
        // A killed server's memory may still be in use for a moment, and it does not start until that is gone.
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                // fsync off: what a killed process has written is still with the operating system.
                await RunAsOwnerAsync("pg_ctl",
                    ["-D", Data, "-l", Path.Combine(_folder, "log"), "-w", "-t", "30", "-o",
                     $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200" + (_isDurable ? "" : " -c fsync=off -c full_page_writes=off"),
                     "start"]);
                return;
            }
            catch (InvalidOperationException) when (deadline.Elapsed < Patience)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <summary>Shuts it down, breaking open connections.</summary>
    public Task StopAsync() => RunAsOwnerAsync("pg_ctl", ["-D", Data, "-m", "fast", "-w", "stop"]);

    /// <summary>Kills every process of it without warning (SIGKILL).</summary>
    public async Task KillAsync()
    {
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0];
        var children = (await RunAsync("ps", ["--ppid", postmaster, "-o", "pid="], check: false))
            .Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries);
        _ = await RunAsync("kill", ["-9", postmaster, .. children], check: false);
        var deadline = Stopwatch.StartNew();
        while (System.IO.Directory.Exists($"/proc/{postmaster}") && deadline.Elapsed < Patience) await Task.Delay(20);
        await RunAsync("rm", ["-f", Path.Combine(Data, "postmaster.pid")]);
    }

    /// <summary>
    /// Connection string of a database; <c>postgres</c> is always there. Its pool lets idle connections go at once:
    /// every test has a database, hence a pool, of its own, and all pools share the server's limit.
    /// </summary>
    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = _port,
            Username = "optibid",
            Database = database,
            Timeout = 5,
            ConnectionIdleLifetime = 2,
            ConnectionPruningInterval = 1,
        }.ConnectionString;

    /// <summary>Creates an empty database and gives its connection string.</summary>
    /// <param name="disk">Where its tables are to lie; null for where everything else does.</param>
    public async Task<string> CreateDatabaseAsync(SmallDisk? disk = null)
    {
        var name = "test" + Interlocked.Increment(ref _databases).ToString(CultureInfo.InvariantCulture);
        if (disk is not null) await ExecuteAsync($"create tablespace {name} location '{disk.Folder}'");
        await ExecuteAsync(disk is null ? $"create database {name}" : $"create database {name} tablespace {name}");
        return ConnectionString(name);
    }

    /// <summary>Drops a database, breaking open connections.</summary>
    public Task DropDatabaseAsync(string connectionString) =>
        ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");

    /// <summary>Lets a database be only read, or written again, and breaks the connections to it so that it counts at once.</summary>
    public async Task SetReadOnlyAsync(string connectionString, bool isReadOnly)
    {
        await ExecuteAsync($"alter database {new NpgsqlConnectionStringBuilder(connectionString).Database} set default_transaction_read_only = {(isReadOnly ? "on" : "off")}");
        await CutAsync(connectionString);
    }

    /// <summary>Breaks every connection to a database, in the middle of whatever it does.</summary>
    public Task CutAsync(string connectionString) =>
        ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{new NpgsqlConnectionStringBuilder(connectionString).Database}'");

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync();
    }

    /// <summary>Stops it and removes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = await RunAsync(Owner("pg_ctl"), [.. OwnerPrefix("pg_ctl"), "-D", Data, "-m", "immediate", "-w", "stop"], check: false);
        _ = await RunAsync("rm", ["-rf", _folder], check: false);
    }

    // Every database is a few hundred small files, which a disk takes longer to write and to delete than a test takes.
    private static string NewFolder(bool isDurable)
    {
        const string Prefix = "optibid-pg-";
        var hasRoom = !isDurable && System.IO.Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace >= LeastMemory;
        return hasRoom
            ? System.IO.Directory.CreateDirectory(Path.Combine(Memory, Prefix + Guid.NewGuid().ToString("N")[..8])).FullName
            : System.IO.Directory.CreateTempSubdirectory(Prefix).FullName;
    }

    private Task RunAsOwnerAsync(string program, string[] arguments) => RunAsync(Owner(program), [.. OwnerPrefix(program), .. arguments]);

    private static string Owner(string program) => Environment.IsPrivilegedProcess ? "runuser" : Binary(program);

    private static string[] OwnerPrefix(string program) => Environment.IsPrivilegedProcess ? ["-u", "postgres", "--", Binary(program)] : [];

    private static string Binary(string program) => Path.Combine(PostgresBinaries.Directory ?? throw new InvalidOperationException(PostgresBinaries.WhySkip()), program);

    private static async Task<string> RunAsync(string program, string[] arguments, bool check = true)
    {
        // Output goes to files of the shell: a server that pg_ctl leaves behind would keep a pipe open for ever.
        var output = Path.GetTempFileName();
        try
        {
            using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, program, .. arguments]) { WorkingDirectory = "/" })!;
            await process.WaitForExitAsync();
            var text = await File.ReadAllTextAsync(output);
            return process.ExitCode == 0 || !check ? text : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {text}");
        }
        finally
        {
            File.Delete(output);
        }
    }
}
