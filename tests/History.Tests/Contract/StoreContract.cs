namespace OptiBid.History.Tests.Contract;

/// <summary>What every part of the contract suite needs: a fresh store of its kind for each test.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private HistoryUnderTest? _store;

    protected HistoryUnderTest Store => _store!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Creates an empty store.</summary>
    protected abstract Task<HistoryUnderTest> OpenAsync();

    public async ValueTask InitializeAsync() => _store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        if (_store is not null) await _store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
