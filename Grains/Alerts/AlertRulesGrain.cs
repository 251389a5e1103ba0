using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Concurrency;

namespace OptiBid.Grains.Alerts;

/// <summary>
/// One user's rules: a page that calls the <see cref="AlertKeeper"/>, saves, and then tells. What the alerts topic and webhooks
/// have not acknowledged is in the saved state and told again, by whichever activation comes next; who is told twice knows it by
/// the alert's id.
/// </summary>
internal sealed partial class AlertRulesGrain(
    [PersistentState("rules", AlertBoardGrain.StorageName)] IPersistentState<AlertRulesState> saved,
    GatewayListeners gateways,
    [FromKeyedServices(StreamNames.Provider)] IKafkaPublisher kafka,
    IAlertWebhooks webhooks,
    GrainInstruments instruments,
    TimeProvider clock,
    ILogger<AlertRulesGrain> log) : Grain, IAlertRulesGrain
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    private readonly WebhookCalls _calls = new(webhooks, instruments, log);
    private AlertKeeper _keeper = null!;
    private Task<bool> _publishing = Task.FromResult(true);
    private string[] _published = [];
    private bool _mustRead;
    private bool _isTrouble;

    private string User => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _keeper = new(User, saved.State);
        Tell(_keeper.Untold);
        Publish();
        this.RegisterGrainTimer(RunAsync, Beat, Beat);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _calls.Dispose();
        return Task.CompletedTask;
    }

    public async Task<AlertRule[]> GetRulesAsync()
    {
        await ReadIfTornAsync();
        return _keeper.Rules;
    }

    public async Task<SavedAlertRule> SaveRuleAsync(AlertRule rule)
    {
        await ReadIfTornAsync();
        var secret = _keeper.NeedsSecret(rule) ? await webhooks.MakeSecretAsync() : default;
        var kept = _keeper.Save(rule, Guid.CreateVersion7().ToString("N"), secret.Sealed);
        await SaveAsync();
        await PostRulesAsync();
        return new(kept, secret.Secret);
    }

    public async Task<bool> DeleteRuleAsync(string id)
    {
        await ReadIfTornAsync();
        if (!_keeper.Delete(id)) return false;
        await SaveAsync();
        await PostRulesAsync();
        return true;
    }

    public async Task<Alert[]> GetAlertsAsync()
    {
        await ReadIfTornAsync();
        return _keeper.Alerts;
    }

    public async Task ReportAsync(AlertReport[] reports)
    {
        await ReadIfTornAsync();
        if (!_keeper.Take(reports, clock.GetUtcNow())) return;
        await SaveAsync();
        Tell(_keeper.TakeFired());
        Publish();
    }

    /// <summary>What time brings: rests that are over, what was acknowledged, webhooks that are due, boards that do not know.</summary>
    private async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadIfTornAsync();
            var changed = Collect() | _keeper.FireWaiting(clock.GetUtcNow());
            if (changed) await SaveAsync();
            Tell(_keeper.TakeFired());
            Publish();
            _calls.Start(_keeper.DuePosts(clock.GetUtcNow()));
            await PostRulesAsync();
            if (_isTrouble) LogBack();
            _isTrouble = false;
        }
        catch (Exception error)
        {
            // The next beat tries again.
            if (!_isTrouble) LogTrouble(error);
            _isTrouble = true;
        }
    }

    /// <summary>Takes in what the topic and the webhooks have answered.</summary>
    private bool Collect()
    {
        var changed = false;
        if (_published.Length > 0 && _publishing.IsCompleted)
        {
            changed = _publishing.Result;
            if (changed) _keeper.Told(_published);
            _published = [];
        }

        foreach (var (alert, error) in _calls.TakeAnswers())
        {
            _keeper.Posted(alert, error, clock.GetUtcNow());
            changed = true;
        }

        return changed;
    }

    /// <summary>Tells the gateways. They may not hear it; their users can ask what has fired.</summary>
    private void Tell(Alert[] alerts)
    {
        foreach (var zone in alerts.GroupBy(static alert => alert.Zone))
        {
            instruments.AlertsFired(zone.Key, zone.Count());
            gateways.Tell(zone.Key, zone.ToArray().AsImmutable(), static (gateway, told) => gateway.OnAlertsAsync(told));
        }
    }

    /// <summary>Begins to tell the alerts topic what it has not acknowledged, unless it is being told already.</summary>
    private void Publish()
    {
        if (_published.Length > 0 || _keeper.Untold is not { Length: > 0 } untold) return;
        _published = Array.ConvertAll(untold, static alert => alert.Id);
        _publishing = PublishAsync(untold);
    }

    private async Task<bool> PublishAsync(Alert[] alerts)
    {
        try
        {
            await kafka.PublishAsync(StreamNames.AlertsTopic, alerts.Select(AlertJson.Record));
            return true;
        }
        catch (Exception error)
        {
            // Whatever keeps the topic from taking them, they are told again.
            LogNotPublished(alerts.Length, error.Message);
            return false;
        }
    }

    private async Task PostRulesAsync()
    {
        foreach (var zone in saved.State.Unposted.ToList())
        {
            try
            {
                var rules = Array.FindAll(_keeper.Rules, rule => rule.Zone == zone);
                await GrainFactory.GetGrain<IAlertBoardGrain>(zone.Name()).PutAsync(User, saved.State.Version, rules);

                // Saved with the next change: to put them there once more does no harm.
                saved.State.Unposted.Remove(zone);
            }
            catch (Exception error)
            {
                // The rule is kept, and the next beat tries again.
                LogNotPosted(zone, error.Message);
            }
        }
    }

    /// <summary>Writes the state. When that fails what is in memory is not what is kept, and is read anew before anything else.</summary>
    private async Task SaveAsync()
    {
        _mustRead = true;
        await saved.WriteStateAsync();
        _mustRead = false;
    }

    private async Task ReadIfTornAsync()
    {
        if (!_mustRead) return;
        await saved.ReadStateAsync();
        _keeper = new(User, saved.State);
        _mustRead = false;
    }
}
