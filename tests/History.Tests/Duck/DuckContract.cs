using DuckDB.NET.Data;
using OptiBid.History.Tests.Contract;

namespace OptiBid.History.Tests.Duck;

internal sealed class DuckFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("optibid-duck-").FullName;

    public string File => System.IO.Path.Combine(Path, "prices.duckdb");

    public HistoryUnderTest Open() => new(("Data:Directory", Path));

    public void Damage(string location, byte[] newest)
    {
        using var connection = new DuckDBConnection("Data Source=" + File);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "update location_state set newest = $newest where location = $location";
        _ = command.Parameters.Add(new DuckDBParameter("newest", newest));
        _ = command.Parameters.Add(new DuckDBParameter("location", location));
        _ = command.ExecuteNonQuery();
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

public sealed class DuckPriceHistoryTests : PriceHistoryContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckPublicationTests : PublicationContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckPriceQueryTests : PriceQueryContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckLocationStatesTests : LocationStateContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    protected override Task DamageAsync(string location, byte[] newest)
    {
        _folder.Damage(location, newest);
        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckLocationDirectoryTests : LocationDirectoryContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckIngestionLogTests : IngestionLogContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckAuditLogTests : AuditLogContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckIntervalCountsTests : IntervalCountContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckProtectedValuesTests : ProtectedValuesContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckPriceViewTests : PriceViewContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    protected override async Task<System.Data.Common.DbConnection> ConnectAsync()
    {
        var connection = new DuckDBConnection("Data Source=" + _folder.File);
        await connection.OpenAsync(Cancel);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckRetentionTests : RetentionContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckApiKeyTests : ApiKeyContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}

public sealed class DuckQualityTests : QualityContract
{
    private readonly DuckFolder _folder = new();

    protected override Task<HistoryUnderTest> OpenAsync() => Task.FromResult(_folder.Open());

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
