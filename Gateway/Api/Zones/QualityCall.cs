using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OptiBid.Gateway.Api.Admin;
using OptiBid.Gateway.Api.Docs;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Security;
using OptiBid.Gateway.Zones;
using OptiBid.Grains.Interfaces;
using OptiBid.History;

namespace OptiBid.Gateway.Api.Zones;

/// <summary><c>GET /quality</c>: what each feed delivered, hour by hour.</summary>
internal static partial class QualityCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly Parameter Hours = new("hours", ParameterKind.Integer, "How many hours back, the present one included.") { Min = 1, Max = 168, Default = 24 };

    private static readonly ApiCall Call = new([Parameters.ZoneFilter, Hours])
    {
        Example = """
            {"as_of":"2026-11-22T17:31:02.114Z","items":[
             {"market_zone":"PJM","feed":"pjm:rt_unverified_fivemin_lmps","price_type":"REAL_TIME_5_MIN","hour":"2026-11-22T17:00:00Z","locations":13549,"expected":40647,
              "received":40647,"completeness":100,"gaps":0,"duplicates":0,"late":0,"revised":12,"rejected":0,"flat_lined":1,"spikes":3,"component_mismatches":0,"freshness_seconds":62,
              "calculated_at":"2026-11-22T17:31:02.1Z"}]}
            """,
        Refusals = [403],
    };

    public static void Map(IEndpointRouteBuilder group) => group.MapGet("/quality", HandleAsync)
        .Describe(Call, "GetQuality", "What each feed delivered",
            "Each feed and hour, newest first: prices received against those due by the feed's cadence and its usual number of locations, missing intervals, duplicates, late, revised and rejected ticks, anomalies, freshness. " +
            "Expected is null for a feed that has no cadence to be held to. What could not be read within five seconds is named in unknown: present (the hours that are not settled) or past (the others).");

    private static async Task<Ok<QualityAnswer>> HandleAsync(
        HttpContext context, [FromServices] IDataQuality history, IZones zones, ZoneVisibility visibility, TimeProvider clock, ILoggerFactory logs)
    {
        var values = Call.Read(context);
        var wanted = values.Zones(Parameters.ZoneFilter, visibility.For(context.User));
        var now = clock.GetUtcNow();
        DateTimeOffset present = new(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerHour, TimeSpan.Zero);
        var (from, until) = (present.AddHours(1 - values.Integer(Hours)!.Value), present.AddHours(1));
        var asked = Task.WhenAll(wanted.Enumerate().Select(zones.GetQualityAsync));
        var past = await ReadAsync(history, [.. wanted.Enumerate()], from, until, clock, logs, context.RequestAborted);
        var told = await asked;

        // Where both have an hour, the zone is ahead of what it has written.
        var rows = (past ?? []).ToDictionary(Key);
        foreach (var row in told.SelectMany(zone => zone?.Feeds ?? []))
        {
            if (row.Hour >= from) rows[Key(row)] = row;
        }

        var unknown = new List<string>();
        if (told.Contains(null)) unknown.Add("present");
        if (past is null) unknown.Add("past");
        QualityView[] items =
        [
            .. rows.Values.OrderByDescending(row => row.Hour).ThenBy(row => row.Zone).ThenBy(row => row.Feed, StringComparer.Ordinal).ThenBy(row => row.PriceType).Select(QualityView.Of),
        ];
        return TypedResults.Ok(new QualityAnswer(ApiTime.Of(now), items, unknown.Count == 0 ? null : [.. unknown]));
    }

    private static (MarketZone, string, PriceType?, DateTimeOffset) Key(FeedQuality row) => (row.Zone, row.Feed, row.PriceType, row.Hour);

    private static async Task<List<FeedQuality>?> ReadAsync(
        IDataQuality history, MarketZone[] zones, DateTimeOffset from, DateTimeOffset until, TimeProvider clock, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await history.ReadAsync(zones, from, until, either.Token).ToListAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception error) when (error is HistoryUnavailableException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogPastUnknown(logs.CreateLogger(typeof(QualityCall)), error.Message);
            return null;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The quality of the last hours could not be read: {Reason}")]
    private static partial void LogPastUnknown(ILogger log, string reason);
}

/// <summary>What each feed delivered.</summary>
/// <param name="AsOf">When it was asked, UTC.</param>
/// <param name="Items">Feeds and hours, newest first.</param>
/// <param name="Unknown">What could not be read: <c>present</c>, <c>past</c>; absent when all could.</param>
internal sealed record QualityAnswer(DateTime AsOf, QualityView[] Items, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string[]? Unknown);

/// <summary>What one feed delivered of one hour.</summary>
internal sealed record QualityView(
    string MarketZone, string Feed, string? PriceType, DateTime Hour, int Locations, int? Expected, int Received, double? Completeness, int Gaps, int Duplicates, int Late, int Revised,
    int Rejected, int FlatLined, int Spikes, int ComponentMismatches, double? FreshnessSeconds, DateTime CalculatedAt)
{
    public static QualityView Of(FeedQuality row) => new(
        row.Zone.Name(), row.Feed, row.PriceType?.Name(), ApiTime.Of(row.Hour), row.Locations, row.Expected, row.Received, row.Completeness, row.Gaps, row.Duplicates, row.Late, row.Revised,
        row.Rejected, row.FlatLined, row.Spikes, row.ComponentMismatches, row.FreshnessSeconds, ApiTime.Of(row.CalculatedAt));
}
