namespace OptiBid.History.Queries;

/// <summary>
/// What the publications of a price say, as SQL that both dialects understand. A price has a set of publications, told
/// apart by <c>(published_at, sequence)</c> and ordered by it. Neighbours with the same value (price and components) form
/// a run; its first publication is what is shown of it, and the last run is what stands. The revision of a run is the
/// largest that one of its publications brings, and at least one more than that of the run before. Nothing of this
/// depends on the order in which the publications came.
/// </summary>
internal static class PublicationsSql
{
    /// <summary>Key of a price.</summary>
    public const string Key = "market_zone, location, price_type, \"timestamp\"";

    /// <summary>What a publication says, but for when it was published and which revision it brings.</summary>
    public const string Content =
        Key + ", interval_minutes, price, energy_cost, congestion_cost, loss_cost, volume, renewable_percentage, load_forecast, source, ingested_at";

    /// <summary>The columns that <see cref="Runs"/> wants: one publication, and what is known of it.</summary>
    public const string Columns = Content + ", published_at, \"sequence\", revision";

    /// <summary>When the latest publication of the standing value was: of a row of <c>market_data</c>.</summary>
    public const string LatestAt = "coalesce(confirmed_at, published_at)";

    // A copy of the standing publication brings no revision of its own: what is shown may owe it to a later repetition.
    private const string Marks =
        """
        case when lag(published_at) over publication = published_at and lag("sequence") over publication = "sequence"
            then null else revision::bigint end as own,
        case when (lag(price) over publication is distinct from price) or (lag(energy_cost) over publication is distinct from energy_cost)
            or (lag(congestion_cost) over publication is distinct from congestion_cost) or (lag(loss_cost) over publication is distinct from loss_cost)
            then 1 else 0 end as begins
        """;

    /// <summary>
    /// The runs of each price, one row each: <see cref="Columns"/> of its first publication with the run's revision, and
    /// <c>superseded_at</c>, when the next run began, null for the last.
    /// </summary>
    /// <param name="publications">
    /// A query of <see cref="Columns"/> and <c>place</c>: of two rows for one publication the one with the lower place is
    /// taken, 0 for what was kept as it came, 1 for what stands (it may have the revision of a later repetition), 2 for
    /// what is only known to have repeated it. Whole sets, or all publications until some instant.
    /// </param>
    public static string Runs(string publications) =>
        $"""
        select {Columns}, lead(published_at) over (partition by {Key} order by run) as superseded_at
        from (
            select {Content}, published_at, "sequence", begins, run,
                least(run + max(own - run) over (partition by {Key} order by run), 2147483647)::integer as revision
            from (
                select {Content}, published_at, "sequence", own, begins,
                    sum(begins) over (partition by {Key} order by published_at, "sequence", place rows unbounded preceding)::bigint as run
                from (
                    select {Content}, published_at, "sequence", place, {Marks}
                    from ({publications}) as publications
                    window publication as (partition by {Key} order by published_at, "sequence", place)
                ) as marked
            ) as numbered
        ) as weighed
        where begins = 1
        """;

    /// <summary>The last of <see cref="Runs"/> of each price: what stands, or stood at an instant.</summary>
    public static string LastRun(string publications) => $"select {Columns} from ({Runs(publications)}) as runs where superseded_at is null";
}
