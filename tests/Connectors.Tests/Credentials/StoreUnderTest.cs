using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OptiBid.History;
using OptiBid.History.Hosting;

namespace OptiBid.Connectors.Tests.Credentials;

/// <summary>Protected values in the embedded store, which can go away and which two writers can be held up before.</summary>
public sealed class StoreUnderTest : IProtectedValues, IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("optibid-credentials-").FullName;
    private readonly ServiceProvider _history;
    private readonly IProtectedValues _values;

    public StoreUnderTest()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Directory"] = _directory }).Build();
        _history = new ServiceCollection().AddLogging().AddHistory(configuration).BuildServiceProvider();
        _values = _history.GetRequiredService<IProtectedValues>();
    }

    public bool IsAway { get; set; }

    /// <summary>Each write waits here until as many have come as take part.</summary>
    public Barrier? Writers { get; set; }

    /// <summary>As a new one.</summary>
    public async Task ClearAsync()
    {
        (IsAway, Writers) = (false, null);
        foreach (var value in await _values.ListAsync("")) await _values.DeleteAsync(value.Name);
    }

    public Task<ProtectedValue?> FindAsync(string name, CancellationToken cancellationToken = default) => Reached().FindAsync(name, cancellationToken);

    public async Task<long> WriteAsync(string name, ReadOnlyMemory<byte> payload, long? expectedVersion = null, CancellationToken cancellationToken = default)
    {
        if (Writers is { } writers) await Task.Run(() => writers.SignalAndWait(cancellationToken), cancellationToken);
        return await Reached().WriteAsync(name, payload, expectedVersion, cancellationToken);
    }

    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) => Reached().DeleteAsync(name, cancellationToken);

    public Task<IReadOnlyList<ProtectedValue>> ListAsync(string prefix, CancellationToken cancellationToken = default) => Reached().ListAsync(prefix, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _history.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    private IProtectedValues Reached() => IsAway ? throw new HistoryUnavailableException("The store is away.", new TimeoutException()) : _values;
}
