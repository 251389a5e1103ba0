namespace OptiBid.History.Postgres;

/// <summary>How the database is reached, by role.</summary>
/// <param name="History">The role that writes and reads: <c>ConnectionStrings:History</c>.</param>
/// <param name="Owner">The role that owns the tables and may change them: <c>ConnectionStrings:HistoryOwner</c>; null where the first does.</param>
/// <param name="Reader">The role that may read prices alone: <c>ConnectionStrings:HistoryReader</c>; null where the first reads them.</param>
internal sealed record PostgresConnections(string History, string? Owner = null, string? Reader = null);
