using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Zones;

/// <summary>What a zone is doing, in a word.</summary>
internal static class ZoneStatus
{
    /// <summary>Nothing reads it and it has no prices.</summary>
    public const string Off = "OFF";

    /// <summary>It is read and has no prices yet.</summary>
    public const string Waiting = "WAITING";

    /// <summary>Its newest price is of now.</summary>
    public const string Live = "LIVE";

    /// <summary>Its next price is overdue.</summary>
    public const string Stale = "STALE";

    /// <summary>The word; null where it is not known.</summary>
    /// <param name="figures">The zone's figures; null without prices.</param>
    /// <param name="connector">Its connector; null where it does not answer.</param>
    /// <param name="now">The time.</param>
    /// <param name="patience">How long after its interval a real-time price may come.</param>
    public static string? Of(ZoneFigures? figures, ConnectorStatus? connector, DateTimeOffset now, TimeSpan patience)
    {
        if (figures is null) return connector is null ? null : connector.Feeds.Length == 0 ? Off : Waiting;

        // Overdue is the interval after the newest: of prices set ahead when it begins, of others some time after its end.
        var next = figures.Newest.AddMinutes(figures.Type.IntervalMinutes());
        var due = figures.Type.IsDayAhead() ? next : next.AddMinutes(figures.Type.IntervalMinutes()) + patience;
        return now < due ? Live : Stale;
    }
}
