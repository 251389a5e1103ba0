namespace OptiBid.Simulator.History;

/// <summary>A file that has its name only once it is whole: until then <c>.partial</c> is appended, and a failure removes it.</summary>
internal sealed class PartialFile : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private bool _isWhole;

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">The folder is not there, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public PartialFile(string path)
    {
        _path = Path.GetFullPath(path);
        if (Directory.Exists(_path)) throw new IOException($"{path} is a folder");
        _partial = _path + ".partial";
        Stream = new FileStream(_partial, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16);
    }

    /// <summary>What is written.</summary>
    public FileStream Stream { get; }

    /// <summary>Gives the file its name, in place of one that has it already.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync();
        File.Move(_partial, _path, overwrite: true);
        _isWhole = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isWhole) return;
        try
        {
            await Stream.DisposeAsync();
        }
        finally
        {
            File.Delete(_partial);
        }
    }
}
