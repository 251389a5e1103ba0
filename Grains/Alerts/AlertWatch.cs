using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Locations;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// Keeps this silo's copy of the rules in force in line with the zones' boards, and has the locations that live here look at what
/// they have with rules that are new.
/// </summary>
internal sealed partial class AlertWatch(
    IGrainFactory grains, ActiveLocations active, AlertPost post, TimeProvider clock, ILogger<AlertWatch> log) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After that long a board is taken to be broken for itself: were the store away, prices could not be written either, and would be
    /// read again in any case.
    /// </summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private readonly Dictionary<MarketZone, PostedRules> _boards = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile RulesInForce _inForce = RulesInForce.Empty;
    private Task? _awaited;
    private Task<bool>? _again;
    private bool _isAway;

    /// <summary>The rules that prices are looked at with.</summary>
    public RulesInForce InForce => _inForce;

    /// <summary>Completes when every zone's board has been read once: before that, prices are looked at with no rules, and must be again.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Waits a little for <see cref="Ready"/>: all who ever ask wait no longer than the first of them.</summary>
    /// <returns>Whether it has completed.</returns>
    public async Task<bool> AwaitAsync()
    {
        try
        {
            await (_awaited ??= Ready.WaitAsync(Patience, clock));
            return true;
        }
        catch (TimeoutException)
        {
            return Ready.IsCompleted;
        }
    }

    /// <summary>For prices that were looked at before <see cref="Ready"/>.</summary>
    /// <returns>False once they can be looked at again; true when that is given up, so that one broken board does not keep every offset from being committed.</returns>
    public Task<bool> AgainAsync() => _again ??= AgainOrGiveUpAsync();

    /// <summary>Asks every board whether it has changed.</summary>
    public async Task RefreshAsync()
    {
        var asked = await Task.WhenAll(MarketZones.All.Select(AskAsync));
        var known = _boards.Values.SelectMany(static board => board.Rules).Select(Version).ToHashSet();
        var changed = false;
        foreach (var (zone, posted, _) in asked)
        {
            if (posted is null) continue;
            _boards[zone] = posted;
            changed = true;
        }

        if (changed)
        {
            PostedRule[] rules = [.. _boards.Values.SelectMany(static board => board.Rules)];
            _inForce = new(rules);
            Look(rules.Where(posted => !known.Contains(Version(posted))));
        }

        if (_boards.Count == MarketZones.All.Count) _ready.TrySetResult();

        var trouble = Array.Find(asked, static answer => answer.Trouble is not null);
        if (trouble.Trouble is { } reason && !_isAway) LogAway(trouble.Zone, reason);
        else if (trouble.Trouble is null && _isAway) LogBack();
        _isAway = trouble.Trouble is not null;
    }

    private async Task<bool> AgainOrGiveUpAsync()
    {
        try
        {
            await Ready.WaitAsync(GiveUpAfter, clock).ConfigureAwait(false);
            return false;
        }
        catch (TimeoutException)
        {
            LogGivenUp();
            return true;
        }
    }

    private static (string, string, int) Version(PostedRule posted) => (posted.User, posted.Rule.Id, posted.Rule.Version);

    // Not part of any batch: were it lost with the silo, the location's next price says it.
    private void Look(IEnumerable<PostedRule> rules)
    {
        foreach (var location in rules.SelectMany(static posted => posted.Rule.Locations, static (posted, location) => new LocationId(posted.Rule.Zone, location)).Distinct())
        {
            if (!active.TryGet(location, out var grain)) continue;
            grain.Context.Scheduler.QueueAction(() =>
            {
                try
                {
                    var found = new List<AlertFinding>();
                    if (grain.IsActive) grain.LookWithNewRules(found);
                    _ = post.Send(found);
                }
                catch (Exception error)
                {
                    // One location's fault must not keep the others from being looked at.
                    LogNotLooked(location, error);
                }
            });
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        do
        {
            await RefreshAsync();
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<(MarketZone Zone, PostedRules? Posted, string? Trouble)> AskAsync(MarketZone zone)
    {
        try
        {
            var known = _boards.TryGetValue(zone, out var board) ? board.Version : -1;
            return (zone, await grains.GetGrain<IAlertBoardGrain>(zone.Name()).GetAsync(known).WaitAsync(Patience, clock), null);
        }
        catch (Exception error)
        {
            // Whatever keeps a board from answering, what it said last stays in force and it is asked again.
            return (zone, null, error.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The board of alert rules of {Zone} does not answer; rules stay as they are and it is asked every second: {Reason}")]
    private partial void LogAway(MarketZone zone, string reason);

    [LoggerMessage(LogLevel.Error, "Not every board of alert rules could be read for ten minutes; until they can, prices are looked at with the rules that could, and committed.")]
    private partial void LogGivenUp();

    [LoggerMessage(LogLevel.Error, "{Location} could not be looked at with a new rule; its next price is.")]
    private partial void LogNotLooked(LocationId location, Exception error);

    [LoggerMessage(LogLevel.Information, "All boards of alert rules answer again.")]
    private partial void LogBack();
}
