namespace OptiBid.History.Hosting;

/// <summary>How long the history keeps what; section <c>History:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>The least that may be kept: locations are restored from the last days of their history, and markets correct them.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromDays(7);

    /// <summary>Age at which prices and the values they replaced go. <c>History:Retention:Prices</c>, default null: never.</summary>
    public TimeSpan? Prices { get; set; }

    /// <summary>Age at which the records of fetches go. <c>History:Retention:Ingestions</c>, default 90 days.</summary>
    public TimeSpan Ingestions { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Age at which findings about the data go. <c>History:Retention:QualityEvents</c>, default 90 days.</summary>
    public TimeSpan QualityEvents { get; set; } = TimeSpan.FromDays(90);

    /// <summary>The fault in these options, or null.</summary>
    internal string? Fault() =>
        Prices < Least ? $"History:Retention:Prices is {Prices}; it must be at least seven days (7.00:00:00), or left out to keep prices for ever."
        : Ingestions < Least ? $"History:Retention:Ingestions is {Ingestions}; it must be at least seven days (7.00:00:00)."
        : QualityEvents < Least ? $"History:Retention:QualityEvents is {QualityEvents}; it must be at least seven days (7.00:00:00)."
        : null;
}
