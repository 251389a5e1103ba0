using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Storage;
using Orleans.TestingHost;

namespace OptiBid.History.Tests.Postgres;

/// <summary>The SQL that Orleans' own ADO.NET providers find in our database, used by those providers in two silos.</summary>
public sealed class OrleansTablesTests(PostgresForAll postgres) : IAsyncLifetime
{
    private const string Invariant = "Npgsql";
    private string _connection = "";
    private TestCluster? _cluster;

    private TestCluster Cluster => _cluster!;

    private IServiceProvider Services => ((InProcessSiloHandle)Cluster.Silos[0]).ServiceProvider;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _connection = await postgres.CreateDatabaseAsync();
        await using var host = PostgresUnderTest.Open(_connection);
        _ = await host.Prices.CheckAsync(Cancel);
        _cluster = await StartClusterAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null) await _cluster.DisposeAsync();
        await using var connection = new NpgsqlConnection(_connection);
        NpgsqlConnection.ClearPool(connection);
    }

    private async Task<TestCluster> StartClusterAsync(string cluster = "c1")
    {
        var builder = new TestClusterBuilder(2);
        builder.Options.ClusterId = cluster;
        builder.Options.ServiceId = "optibid";
        builder.Options.UseTestClusterMembership = false;
        builder.Properties["Connection"] = _connection;
        _ = builder.AddSiloBuilderConfigurator<Silos>();
        _ = builder.AddClientBuilderConfigurator<Client>();
        var built = builder.Build();
        await built.DeployAsync();
        return built;
    }

    [Fact]
    public async Task Membership_TwoSilos_FormOneCluster()
    {
        Assert.Equal([3, 3], await NumbersAsync("select status from orleans_silo"));
        var hosts = await Cluster.GrainFactory.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true, Cancel);
        Assert.Equal(2, hosts.Count);
        Assert.All(hosts.Values, status => Assert.Equal(SiloStatus.Active, status));
    }

    [Fact]
    public async Task Membership_SiloKilled_IsFoundDeadAndItsGrainsMove()
    {
        var grains = Enumerable.Range(0, 20).Select(i => Cluster.GrainFactory.GetGrain<INoteGrain>($"k{i}")).ToList();
        foreach (var grain in grains) await grain.WriteAsync("before");
        var dead = Cluster.Silos[1];
        await Cluster.KillSiloAsync(dead, Cancel);

        await Eventually.TrueAsync(async () => (await NumbersAsync("select status from orleans_silo order by status")) is [3, 6], "the dead silo is declared dead", 60);
        foreach (var grain in grains) Assert.Equal("before", await grain.ReadAsync());

        var table = Services.GetRequiredService<IMembershipTable>();
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddHours(-1), Cancel);
        Assert.Equal(2, (await table.ReadAllAsync(Cancel)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.UtcNow.AddHours(1), Cancel);
        Assert.Equal(Cluster.Silos[0].SiloAddress, Assert.Single((await table.ReadAllAsync(Cancel)).Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task Membership_WriteOverAnotherVersion_ChangesNothing()
    {
        var table = Services.GetRequiredService<IMembershipTable>();
        var read = await table.ReadAllAsync(Cancel);
        var entry = read.Members[0].Item1;
        var newcomer = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(System.Net.IPAddress.Loopback, 1, 1), SiloName = "x", HostName = "x", Status = SiloStatus.Created,
            StartTime = DateTime.UtcNow, IAmAliveTime = DateTime.UtcNow, ProxyPort = 0, SuspectTimes = [],
        };

        // A version behind: refused. The current one: taken, once.
        var behind = new TableVersion(read.Version.Version - 1, (read.Version.Version - 1).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(await table.InsertRowAsync(newcomer, behind, Cancel));
        Assert.False(await table.UpdateRowAsync(entry, behind.VersionEtag, behind, Cancel));
        Assert.False(await table.InsertRowAsync(entry, read.Version, Cancel));
        Assert.True(await table.InsertRowAsync(newcomer, read.Version, Cancel));
        Assert.False(await table.InsertRowAsync(newcomer, read.Version, Cancel));

        var after = await table.ReadAllAsync(Cancel);
        Assert.Equal((3, read.Version.Version + 1), (after.Members.Count, after.Version.Version));
        newcomer.SuspectTimes = [Tuple.Create(entry.SiloAddress, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))];
        Assert.True(await table.UpdateRowAsync(newcomer, after.Version.VersionEtag, after.Version, Cancel));
        Assert.False(await table.UpdateRowAsync(newcomer, after.Version.VersionEtag, after.Version, Cancel));
        var row = await table.ReadRowAsync(newcomer.SiloAddress, Cancel);
        Assert.Equal(entry.SiloAddress, Assert.Single(Assert.Single(row.Members).Item1.SuspectTimes!).Item1);
        Assert.Empty((await table.ReadRowAsync(SiloAddress.New(System.Net.IPAddress.Loopback, 9, 9), Cancel)).Members);
    }

    [Fact]
    public async Task GrainState_AfterARestartOfTheCluster_IsThere()
    {
        await Cluster.GrainFactory.GetGrain<INoteGrain>("kept").WriteAsync("a");
        await Cluster.GrainFactory.GetGrain<INoteGrain>("kept").WriteAsync("b");
        await Cluster.DisposeAsync();
        _cluster = await StartClusterAsync("c2");

        Assert.Equal("b", await Cluster.GrainFactory.GetGrain<INoteGrain>("kept").ReadAsync());
        Assert.Equal([2], await NumbersAsync("select version from orleans_grain_state"));
    }

    [Fact]
    public async Task GrainState_Cleared_IsGoneAndCanBeWrittenAgain()
    {
        var grain = Cluster.GrainFactory.GetGrain<INoteGrain>("cleared");
        await grain.WriteAsync("a");
        await grain.ClearAsync();
        Assert.Null(await grain.ReadAsync());
        await grain.WriteAsync("b");
        Assert.Equal("b", await grain.ReadAsync());
    }

    [Fact]
    public async Task GrainState_WriteOverAnotherVersion_ThrowsInconsistentState()
    {
        var storage = Services.GetRequiredKeyedService<IGrainStorage>("notes");
        var id = GrainId.Create("note", "conflict");
        var (first, second) = (new GrainState<Note> { State = new() { Text = "1" } }, new GrainState<Note> { State = new() { Text = "2" } });
        await storage.WriteStateAsync("note", id, first);
        _ = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", id, second));

        await storage.ReadStateAsync("note", id, second);
        await storage.WriteStateAsync("note", id, first);
        _ = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", id, second));
        _ = await Assert.ThrowsAsync<InconsistentStateException>(() => storage.ClearStateAsync("note", id, second));
        await storage.ReadStateAsync("note", id, second);
        Assert.Equal("1", second.State.Text);
    }

    [Fact]
    public async Task GrainState_FirstWritesInARace_LeaveOneRow()
    {
        var storage = Services.GetRequiredKeyedService<IGrainStorage>("notes");
        var id = GrainId.Create("note", "race");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
        {
            try
            {
                await storage.WriteStateAsync("note", id, new GrainState<Note> { State = new() { Text = $"{i}" } });
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        }, Cancel)));

        Assert.Single(outcomes, written => written);
        Assert.Equal([1], await NumbersAsync("select version from orleans_grain_state"));
    }

    [Fact]
    public async Task GrainState_KeysOfEveryKind_AreKeptApart()
    {
        var storage = Services.GetRequiredKeyedService<IGrainStorage>("notes");
        GrainId[] ids =
        [
            GrainId.Create("note", "seven"), GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateIntegerKey(7)), GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateIntegerKey(7, "x")),
            GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateGuidKey(Guid.Empty)), GrainId.Create(GrainType.Create("note"), GrainIdKeyExtensions.CreateGuidKey(Guid.Empty, "PJM/x")), GrainId.Create("note", "PJM/" + new string('é', 300)),
        ];
        foreach (var id in ids) await storage.WriteStateAsync("note", id, new GrainState<Note> { State = new() { Text = id.ToString() } });
        foreach (var id in ids)
        {
            var state = new GrainState<Note> { State = new() };
            await storage.ReadStateAsync("note", id, state);
            Assert.Equal(id.ToString(), state.State.Text);
        }
    }

    [Fact]
    public async Task Reminder_RegisterReadDelete_Works()
    {
        var grain = Cluster.GrainFactory.GetGrain<INoteGrain>("reminded");
        await grain.RemindAsync("poll", TimeSpan.FromMinutes(5));
        await grain.RemindAsync("poll", TimeSpan.FromDays(40));
        await grain.RemindAsync("other", TimeSpan.FromMinutes(1));
        Assert.Equal(["other", "poll"], await grain.RemindersAsync());
        Assert.Equal([60_000, 3_456_000_000], await NumbersAsync("select period_ms from orleans_reminder order by 1"));

        await grain.ForgetAsync("poll");
        Assert.Equal(["other"], await grain.RemindersAsync());
    }

    [Fact]
    public async Task Reminder_RangesOfTheRing_CoverEveryReminderOnce()
    {
        var table = Services.GetRequiredService<IReminderTable>();
        GrainId[] ids = [.. Enumerable.Range(0, 200).Select(i => GrainId.Create("note", $"ring{i}"))];
        foreach (var id in ids)
        {
            _ = await table.UpsertRow(new ReminderEntry { GrainId = id, ReminderName = "r", StartAt = DateTime.UtcNow, Period = TimeSpan.FromMinutes(1) }, Cancel);
        }

        // Ring points as Orleans cuts them: each range runs from after one to and with the next, the last through the seam.
        uint[] points = [0, 0x1000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xC000_0000];
        var seen = new List<GrainId>();
        for (var i = 0; i < points.Length; i++)
        {
            var (begin, end) = (points[i], points[(i + 1) % points.Length]);
            var rows = (await table.ReadRows(begin, end, Cancel)).Reminders;
            Assert.All(rows, row => Assert.True(InRange(row.GrainId.GetUniformHashCode(), begin, end), $"{row.GrainId.GetUniformHashCode():X} in ({begin:X}, {end:X}]"));
            seen.AddRange(rows.Select(row => row.GrainId));
        }

        Assert.Equal(ids.Order(), seen.Order());
        Assert.Equal(200, (await table.ReadRows(5, 5, Cancel)).Reminders.Count);
        Assert.False(await table.RemoveRow(ids[0], "r", "99", Cancel));
        Assert.True(await table.RemoveRow(ids[0], "r", (await table.ReadRow(ids[0], "r", Cancel))!.ETag!, Cancel));
        Assert.Null(await table.ReadRow(ids[0], "r", Cancel));
        await table.TestOnlyClearTable(Cancel);
        Assert.Empty((await table.ReadRows(0, 0, Cancel)).Reminders);

        static bool InRange(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }

    [Fact]
    public async Task Membership_ClusterDeleted_LeavesNothing()
    {
        var table = Services.GetRequiredService<IMembershipTable>();
        await Cluster.StopAllSilosAsync(Cancel);
        await table.DeleteMembershipTableEntriesAsync("c1", Cancel);
        Assert.Equal([0, 0], await NumbersAsync("select count(*) from orleans_silo union all select count(*) from orleans_cluster"));
    }

    private async Task<List<long>> NumbersAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(_connection);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync(Cancel);
        var numbers = new List<long>();
        while (await reader.ReadAsync(Cancel)) numbers.Add(Convert.ToInt64(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture));
        return numbers;
    }

    private sealed class Silos : ISiloConfigurator
    {
        public void Configure(ISiloBuilder silo)
        {
            var connection = silo.Configuration["Connection"]!;
            _ = silo
                .UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))
                .AddAdoNetGrainStorage("notes", options => (options.Invariant, options.ConnectionString) = (Invariant, connection))
                .UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, connection))
                .Configure<Orleans.Configuration.ClusterMembershipOptions>(options =>
                {
                    options.ProbeTimeout = TimeSpan.FromSeconds(1);
                    options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
                    options.NumVotesForDeathDeclaration = 1;
                });
        }
    }

    private sealed class Client : IClientBuilderConfigurator
    {
        public void Configure(IConfiguration configuration, IClientBuilder client) =>
            client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, configuration["Connection"]!));
    }
}

public interface INoteGrain : IGrainWithStringKey
{
    Task WriteAsync(string text);

    Task<string?> ReadAsync();

    Task ClearAsync();

    Task RemindAsync(string name, TimeSpan period);

    Task<string[]> RemindersAsync();

    Task ForgetAsync(string name);
}

[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string? Text { get; set; }
}

public sealed class NoteGrain([PersistentState("note", "notes")] IPersistentState<Note> note) : Grain, INoteGrain, IRemindable
{
    public Task WriteAsync(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task<string?> ReadAsync() => Task.FromResult(note.State.Text);

    public Task ClearAsync() => note.ClearStateAsync();

    public Task RemindAsync(string name, TimeSpan period) => this.RegisterOrUpdateReminder(name, period, period);

    public async Task<string[]> RemindersAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public async Task ForgetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
