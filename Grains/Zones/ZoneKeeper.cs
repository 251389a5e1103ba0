using Microsoft.Extensions.Logging;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Quality;
using OptiBid.History;

namespace OptiBid.Grains.Zones;

/// <summary>What a zone reads and writes.</summary>
/// <param name="Hours">The history by the hour.</param>
/// <param name="Metrics">The hourly figures.</param>
/// <param name="Quality">The quality of feeds.</param>
/// <param name="Events">The findings.</param>
/// <param name="Connector">What the zone's connector is doing; null when it does not say.</param>
/// <param name="Tell">Takes a finding that is to be told.</param>
internal sealed record ZonePorts(
    IZoneHours Hours, IZoneMetrics Metrics, IDataQuality Quality, IQualityEvents Events, Func<Task<ConnectorStatus?>> Connector, Action<QualityEvent> Tell);

/// <summary>
/// Keeps a zone's figures: counts come in, the history says what was received, rows go out. Whatever is away, counting goes on and
/// the rest is made good later. For one caller at a time, but for <see cref="Report"/> and <see cref="Snapshot"/>, which may come in between.
/// </summary>
internal sealed partial class ZoneKeeper(MarketZone zone, ZonePorts ports, QualityOptions options, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long hours that lie behind are settled one after the other, before anything else has its turn.</summary>
    private static readonly TimeSpan CatchUpFor = TimeSpan.FromSeconds(2);

    /// <summary>How far back a zone without any hourly figures begins.</summary>
    private const int FirstHours = 24;

    private readonly ZoneBook _book = new(zone, options);
    private readonly Queue<DateTimeOffset> _correcting = [];
    private readonly Dictionary<SiloAddress, (long Number, DateTimeOffset At)> _reports = [];
    private readonly Dictionary<string, long> _refused = new(StringComparer.Ordinal);
    private DateTimeOffset? _settledBefore;
    private DateTimeOffset? _lookedAt;
    private DateTimeOffset _savedAt = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _askedAt = DateTimeOffset.UnixEpoch;
    private DateTimeOffset _correctedAt = DateTimeOffset.UnixEpoch;
    private bool _isAway;

    /// <summary>Takes a silo's report, once. One that is repeated to a zone that does not know the silo may have been taken by its predecessor, and is left out.</summary>
    public void Report(ZoneReport report)
    {
        var now = clock.GetUtcNow();
        var isKnown = _reports.TryGetValue(report.Silo, out var last);
        if (isKnown ? report.Number > last.Number : !report.IsRepeated) Tell(_book.Count(report.Counts, now));
        _reports[report.Silo] = (Math.Max(report.Number, last.Number), now);
        foreach (var gone in _reports.Where(silo => silo.Value.At < now.AddHours(-1)).Select(silo => silo.Key).ToList()) _reports.Remove(gone);
    }

    /// <summary>What is known now.</summary>
    public ZoneQuality Snapshot()
    {
        var now = clock.GetUtcNow();
        return new(_book.Rows(FeedKey.HourOf(now - options.SettleAfter).AddHours(-1), now), _lookedAt is not null, _lookedAt);
    }

    /// <summary>Does once what is due.</summary>
    /// <param name="cancellationToken">The zone goes.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_settledBefore is null) await LoadAsync(cancellationToken);
            await AskConnectorAsync();
            await LookAsync(cancellationToken);
            Tell(_book.Judge(clock.GetUtcNow()));
            if (clock.GetUtcNow() - _savedAt >= SaveEvery) await SaveAsync(cancellationToken);
            if (_isAway) LogBack(zone);
            _isAway = false;
        }
        catch (HistoryUnavailableException error)
        {
            // Counting goes on; what is not written is written later.
            if (!_isAway) LogAway(zone, error.Message);
            _isAway = true;
        }
    }

    /// <summary>Writes what the store has not got.</summary>
    public async Task SaveAsync(CancellationToken cancellationToken)
    {
        if (_settledBefore is null) return;

        var now = clock.GetUtcNow();
        var changed = _book.Changed(now);
        FeedQuality[] rows = [.. changed.Select(hour => hour.Row)];
        await ports.Quality.SaveAsync(rows, cancellationToken);
        _savedAt = now;
        for (var i = 0; i < rows.Length; i++)
        {
            // Counts may have come while it was written.
            if (changed[i].Row == rows[i]) changed[i].IsChanged = false;
        }
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var from = FeedKey.HourOf(now - FeedKey.Reach);
        var rows = await ports.Quality.ReadAsync([zone], from, now.AddDays(4), cancellationToken).ToListAsync(cancellationToken);
        DateTimeOffset? last = null;
        await foreach (var metrics in ports.Metrics.ReadAsync(zone, from, now, cancellationToken)) last = metrics.Hour;
        var open = new List<QualityEvent>();
        foreach (var kind in (QualityKind[])[QualityKind.StaleFeed, QualityKind.Gap, QualityKind.Incomplete, QualityKind.Rejected])
        {
            var query = new QualityEventQuery { Zones = [zone], Kind = kind, From = from };
            open.AddRange(await ports.Events.ReadAsync(query, cancellationToken).Where(finding => finding.EndedAt is null).ToListAsync(cancellationToken));
        }

        _settledBefore = last?.AddHours(1) ?? FeedKey.HourOf(now).AddHours(-FirstHours);
        _book.Load(rows, open, _settledBefore.Value);
    }

    // The oldest hour that can be settled first; then corrections; then what is still open.
    private async Task LookAsync(CancellationToken cancellationToken)
    {
        var (now, started) = (clock.GetUtcNow(), clock.GetTimestamp());
        while (_settledBefore is { } next && _book.CanSettle(next, now) && clock.GetElapsedTime(started) < CatchUpFor)
        {
            await ReckonAsync(next, next.AddHours(1), isSettling: true, cancellationToken);
            _settledBefore = next.AddHours(1);
        }

        if (_book.CanSettle(_settledBefore!.Value, now)) return;

        if (_correcting.Count == 0 && now - _correctedAt >= options.CorrectEvery)
        {
            foreach (var corrected in _book.Corrected) _correcting.Enqueue(corrected);
        }

        if (_correcting.TryDequeue(out var hour))
        {
            _correctedAt = now;
            await ReckonAsync(hour, hour.AddHours(1), isSettling: true, cancellationToken);
        }
        else if (_lookedAt is not { } looked || now - looked >= options.LookEvery)
        {
            await ReckonAsync(_settledBefore.Value, FeedKey.HourOf(now).AddHours(1), isSettling: false, cancellationToken);
            _lookedAt = now;
        }
    }

    private async Task ReckonAsync(DateTimeOffset from, DateTimeOffset to, bool isSettling, CancellationToken cancellationToken)
    {
        var found = await ports.Hours.CountSourcesAsync(zone, from, to, cancellationToken);
        var metrics = isSettling ? await ports.Hours.SummarizeAsync(zone, from, to, cancellationToken) : [];
        var now = clock.GetUtcNow();
        if (metrics.Count > 0)
        {
            // What was counted is the volatility of the whole hour only the first time; a correction leaves it as it stands.
            var isFirst = from >= _settledBefore;
            await ports.Metrics.SaveAsync(
                [.. metrics.Select(row => row with { CalculatedAt = now, Volatility = isFirst ? _book.Volatility(row.Type, row.Hour) : null })], cancellationToken);
        }

        Tell(_book.Reckon(from, to, found, now));
        if (isSettling) await SaveAsync(cancellationToken);
    }

    /// <summary>Adds the rows that the connector has refused since it was asked last.</summary>
    private async Task AskConnectorAsync()
    {
        var now = clock.GetUtcNow();
        if (now - _askedAt < AskEvery || _book.Feeds.Count == 0) return;
        _askedAt = now;
        if (await ports.Connector() is not { } status) return;

        foreach (var feed in status.Feeds)
        {
            // Fewer than before: the connector has started anew. More than never seen: nobody knows when.
            var refused = !_refused.TryGetValue(feed.Feed, out var before) ? 0 : feed.Rows.Rejected >= before ? feed.Rows.Rejected - before : feed.Rows.Rejected;
            _refused[feed.Feed] = feed.Rows.Rejected;
            if (refused == 0) continue;

            var type = _book.Feeds.FirstOrDefault(known => known.Key.Feed == feed.Feed)?.Key.Type;
            Tell(_book.Count([new FeedCounts { Feed = feed.Feed, PriceType = type, Hour = FeedKey.HourOf(now), Rejected = (int)Math.Min(refused, int.MaxValue) }], now));
        }
    }

    private void Tell(List<QualityEvent> findings)
    {
        foreach (var finding in findings) ports.Tell(finding);
    }

    [LoggerMessage(LogLevel.Warning, "Zone {Zone}: the history is away; counting goes on, and hourly figures are made good later: {Reason}")]
    private partial void LogAway(MarketZone zone, string reason);

    [LoggerMessage(LogLevel.Information, "Zone {Zone}: the history is back.")]
    private partial void LogBack(MarketZone zone);
}
