namespace OptiBid.Simulator.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("optibid-simulator-");

    public string[] Names => [.. _folder.GetFiles().Select(file => file.Name).Order()];

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
