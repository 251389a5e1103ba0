using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// One zone's board. It also sees to what no price brings about: it asks locations that have rules of
/// <see cref="AlertKind.Staleness"/> for their newest price, and wakes the users' grains, so that one whose silo has died goes on
/// with what it had not finished.
/// </summary>
internal sealed partial class AlertBoardGrain(
    [PersistentState("board", AlertBoardGrain.StorageName)] IPersistentState<AlertBoardState> board, TimeProvider clock, ILogger<AlertBoardGrain> log)
    : Grain, IAlertBoardGrain
{
    /// <summary>Name of the grain storage of rules, alerts and boards.</summary>
    public const string StorageName = "alerts";

    private const int CallsAtOnce = 64;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WakeEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly StaleLocations _stale = new();
    private DateTimeOffset _wokenAt;
    private Task _round = Task.CompletedTask;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(StartRound, new() { DueTime = LookEvery, Period = LookEvery, KeepAlive = true });
        return Task.CompletedTask;
    }

    public async Task PutAsync(string user, long version, AlertRule[] rules)
    {
        var state = board.State;
        if (state.Users.TryGetValue(user, out var known) && known.Version >= version) return;

        // Another state, so that one that cannot be written has changed nothing.
        var users = new Dictionary<string, UsersRules>(state.Users);
        if (rules.Length == 0) users.Remove(user);
        else users[user] = new(version, rules);
        board.State = new() { Version = state.Version + 1, Users = users };
        try
        {
            await board.WriteStateAsync();
        }
        catch
        {
            board.State = state;
            throw;
        }
    }

    public Task<PostedRules?> GetAsync(long version) => Task.FromResult(board.State.Version == version ? null : Posted());

    private PostedRules Posted() =>
        new(board.State.Version, [.. board.State.Users.SelectMany(static user => user.Value.Rules, static (user, rule) => new PostedRule(user.Key, rule))]);

    // A round waits for others, so nobody who asks the board waits for a round.
    private Task StartRound(CancellationToken cancellationToken)
    {
        if (_round.IsCompleted) _round = RoundAsync();
        return Task.CompletedTask;
    }

    private async Task RoundAsync()
    {
        var looks = board.State.Users
            .SelectMany(static user => user.Value.Rules, static (user, rule) => new PostedRule(user.Key, rule))
            .Where(static posted => posted.Rule is { Kind: AlertKind.Staleness, IsEnabled: true })
            .SelectMany(static posted => posted.Rule.Locations, static (posted, location) => (Posted: posted, Location: location))
            .GroupBy(static look => (look.Posted.Rule.Zone, look.Location))
            .ToList();
        _stale.Keep(looks.SelectMany(static group => group, static (_, look) => look.Posted.Rule));
        foreach (var some in looks.Chunk(CallsAtOnce))
            await Task.WhenAll(some.Select(group => LookAsync(group.Key.Zone, group.Key.Location, [.. group.Select(static look => look.Posted)])));

        var now = clock.GetUtcNow();
        if (now - _wokenAt < WakeEvery) return;
        _wokenAt = now;
        foreach (var some in board.State.Users.Keys.ToList().Chunk(CallsAtOnce)) await Task.WhenAll(some.Select(user => ReportAsync(user, [])));
    }

    private async Task LookAsync(MarketZone zone, string location, PostedRule[] rules)
    {
        try
        {
            var newest = (await GrainFactory.GetGrain<ILocationGrain>(new LocationId(zone, location).ToString()).GetNewestAsync().WaitAsync(Patience, clock)).Value;
            var now = clock.GetUtcNow();
            foreach (var posted in rules)
            {
                var place = Array.FindIndex(newest, update => update.Tick.PriceType == posted.Rule.PriceType);
                if (place < 0 || _stale.Look(posted, location, newest[place].Tick, now) is not { } finding) continue;
                if (await ReportAsync(finding.User, [finding.Report])) _stale.Said(finding.Report);
            }
        }
        catch (Exception error)
        {
            // Whatever keeps a location from answering, the next round asks it again.
            LogNotAsked(zone, location, error.Message);
        }
    }

    private async Task<bool> ReportAsync(string user, AlertReport[] reports)
    {
        try
        {
            await GrainFactory.GetGrain<IAlertRulesGrain>(user).ReportAsync(reports).WaitAsync(Patience, clock);
            return true;
        }
        catch (Exception error)
        {
            // The next round tries again.
            LogNotReported(reports.Length, error.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Zone}/{Location} does not say how old its newest price is; it is asked again: {Reason}")]
    private partial void LogNotAsked(MarketZone zone, string location, string reason);

    [LoggerMessage(LogLevel.Warning, "A user's rules could not be reached with {Count} reports; it is tried again: {Reason}")]
    private partial void LogNotReported(int count, string reason);
}
