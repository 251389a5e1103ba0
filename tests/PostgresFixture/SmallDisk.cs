using System.Diagnostics;

namespace OptiBid.PostgresFixture;

/// <summary>A disk of a few megabytes (tmpfs) for a database that is to run out of room.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    /// <summary>Where it is mounted; the server's user owns it.</summary>
    public string Folder { get; }

    /// <summary>Mounts one; null where this process may not, as outside of Linux or without the right to mount.</summary>
    public static async Task<SmallDisk?> TryMountAsync(int megabytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;

        var folder = Directory.CreateTempSubdirectory("optibid-disk-").FullName;
        if (await RunAsync("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) == 0)
        {
            // A server takes only what is its user's own.
            _ = await RunAsync("chown", "postgres", folder);
            return new(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    /// <summary>Gives it another size.</summary>
    public Task ResizeAsync(int megabytes) => RunAsync("mount", "-o", $"remount,size={megabytes}m", Folder);

    /// <summary>Unmounts it; stop the server before.</summary>
    public async ValueTask DisposeAsync()
    {
        _ = await RunAsync("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
