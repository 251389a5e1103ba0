using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Live;
using OptiBid.History;
using OptiBid.Streams.Kafka.Writing;
using Orleans.Concurrency;

namespace OptiBid.Grains.Quality;

/// <summary>
/// Tells this silo's findings: to the gateways, once and whether they hear or not; to the alerts topic and to the history, again
/// until they have them. Neither waits for the other.
/// </summary>
internal sealed partial class QualityTeller : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly QualityOutbox _outbox;
    private readonly GatewayListeners _gateways;
    private readonly GrainInstruments _instruments;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly EventBudget _budget;
    private readonly Receiver _topic;
    private readonly Receiver _history;

    public QualityTeller(
        QualityOutbox outbox, GatewayListeners gateways, [FromKeyedServices(StreamNames.Provider)] IKafkaPublisher kafka, IQualityEvents history,
        GrainInstruments instruments, IOptions<QualityOptions> options, TimeProvider clock, ILogger<QualityTeller> log)
    {
        (_outbox, _gateways, _instruments, _clock, _log) = (outbox, gateways, instruments, clock, log);
        _budget = new EventBudget(options.Value.EventsPerMinute);
        _topic = new("the alerts topic", new(
            findings => kafka.PublishAsync(StreamNames.AlertsTopic, findings.Select(QualityEventJson.Record)), static error => error is KafkaPublishException));
        _history = new("the history", new(findings => history.RecordAsync(findings), static error => error is HistoryUnavailableException));
    }

    /// <summary>Tells the gateways what there is to tell, and has it wait for the topic and the history.</summary>
    public void Tell()
    {
        var now = _clock.GetUtcNow();
        var told = new List<QualityEvent>();
        while (_outbox.Findings.TryRead(out var finding))
        {
            var isAdmitted = _budget.Admit(finding, now);
            if (isAdmitted) told.Add(finding);

            // Ends always go to the history; those of what was never told find nothing to end there.
            else if (finding.EndedAt is not null) _history.Findings.Add(finding);
            if (finding.EndedAt is null) _instruments.Finding(finding.Zone, finding.Kind);
        }

        told.AddRange(_budget.TakeSums(now));
        foreach (var finding in told)
        {
            _topic.Findings.Add(finding);
            _history.Findings.Add(finding);
        }

        foreach (var zone in told.GroupBy(finding => finding.Zone))
            _gateways.Tell(zone.Key, zone.ToArray().AsImmutable(), static (gateway, findings) => gateway.OnQualityAsync(findings));
    }

    /// <summary>Offers the topic and the history what waits for them; one that still delivers is left to it.</summary>
    public Task FlushAsync()
    {
        if (_topic.Flush.IsCompleted) _topic.Flush = FlushAsync(_topic);
        if (_history.Flush.IsCompleted) _history.Flush = FlushAsync(_history);
        return Task.WhenAll(_topic.Flush, _history.Flush);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        Tell();
        await FlushAsync().WaitAsync(Patience, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Tell();
            _ = FlushAsync();
        }
    }

    private async Task FlushAsync(Receiver receiver)
    {
        try
        {
            await receiver.Findings.FlushAsync();
        }
        catch (Exception error)
        {
            // Nobody awaits it: a finding that cannot be told must not stop the silo.
            LogFailed(receiver.Name, error);
        }

        var trouble = receiver.Findings.Trouble;
        if (trouble is not null && !receiver.IsAway) LogAway(receiver.Name, trouble.Message);
        else if (trouble is null && receiver.IsAway) LogBack(receiver.Name, receiver.Findings.GivenUp);
        receiver.IsAway = trouble is not null;
    }

    [LoggerMessage(LogLevel.Warning, "Findings about the data wait for {Receiver}: {Reason}")]
    private partial void LogAway(string receiver, string reason);

    [LoggerMessage(LogLevel.Information, "Findings about the data reach {Receiver} again; {GivenUp} have been given up since the start.")]
    private partial void LogBack(string receiver, long givenUp);

    [LoggerMessage(LogLevel.Error, "Findings about the data could not be told to {Receiver}.")]
    private partial void LogFailed(string receiver, Exception error);

    private sealed record Receiver(string Name, PendingFindings Findings)
    {
        public Task Flush { get; set; } = Task.CompletedTask;

        public bool IsAway { get; set; }
    }
}
