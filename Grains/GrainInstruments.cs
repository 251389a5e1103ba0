using System.Diagnostics.Metrics;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Grains;

/// <summary>What the actors count, under the meter <see cref="MeterName"/>.</summary>
public sealed class GrainInstruments
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "OptiBid.Grains";

    private readonly Counter<long> _ticks;
    private readonly Counter<long> _turns;
    private readonly Counter<long> _updates;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _findings;
    private readonly Counter<long> _alerts;
    private readonly Counter<long> _alertsGivenUp;
    private readonly Counter<long> _webhooks;

    /// <summary>Creates the instruments.</summary>
    public GrainInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _ticks = meter.CreateCounter<long>("optibid.ticks", "{tick}", "Ticks applied to locations, by zone and by how they were taken");
        _turns = meter.CreateCounter<long>("optibid.location.turns", "{turn}", "Turns given to locations, by way: scheduler or call");
        _updates = meter.CreateCounter<long>("optibid.live.updates", "{update}", "Newest prices published to the live feed, by zone");
        _abandoned = meter.CreateCounter<long>("optibid.history.abandoned", "{tick}", "Ticks whose way to the history was given up, to be read again from Kafka");
        _findings = meter.CreateCounter<long>("optibid.quality.findings", "{finding}", "Findings about the data that began, by zone and kind");
        _alerts = meter.CreateCounter<long>("optibid.alerts.fired", "{alert}", "Price alerts that gateways were told of, by zone");
        _alertsGivenUp = meter.CreateCounter<long>("optibid.alerts.given_up", "{report}", "What rules found and their user's grain did not take for ten minutes");
        _webhooks = meter.CreateCounter<long>("optibid.alerts.webhook.posts", "{post}", "Attempts to post an alert to a webhook, by result: taken or failed");
    }

    internal void AlertsFired(MarketZone zone, int count) => _alerts.Add(count, new KeyValuePair<string, object?>("zone", zone.Name()));

    internal void AlertsGivenUp(int count) => _alertsGivenUp.Add(count);

    internal void Webhook(bool isTaken) => _webhooks.Add(1, new KeyValuePair<string, object?>("result", isTaken ? "taken" : "failed"));

    internal void Finding(MarketZone zone, QualityKind kind) => _findings.Add(1, new("zone", zone.Name()), new("kind", kind.Name()));

    internal void Ticks(MarketZone zone, ReadOnlySpan<TickKind> kinds)
    {
        Span<int> counts = stackalloc int[6];
        foreach (var kind in kinds) counts[(int)kind]++;
        for (var kind = 0; kind < counts.Length; kind++)
        {
            if (counts[kind] > 0) _ticks.Add(counts[kind], new("zone", zone.Name()), new("kind", ((TickKind)kind).ToString()));
        }
    }

    internal void Turns(int scheduled, int called)
    {
        if (scheduled > 0) _turns.Add(scheduled, new KeyValuePair<string, object?>("way", "scheduler"));
        if (called > 0) _turns.Add(called, new KeyValuePair<string, object?>("way", "call"));
    }

    internal void Updates(MarketZone zone, int count) => _updates.Add(count, new KeyValuePair<string, object?>("zone", zone.Name()));

    internal void Abandoned(int ticks) => _abandoned.Add(ticks);
}
