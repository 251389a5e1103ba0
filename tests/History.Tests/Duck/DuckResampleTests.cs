using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Duck;

public sealed class DuckResampleTests : ResampleContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    protected override Task<HistoryUnderTest> ReopenAsync(string key, string value) =>
        Task.FromResult(new HistoryUnderTest(("Data:Directory", _folder.Path), (key, value)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
