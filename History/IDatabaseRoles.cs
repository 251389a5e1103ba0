namespace OptiBid.History;

/// <summary>
/// Rights in a PostgreSQL history, so that neither the platform nor those who look at its data connect as the owner of
/// the tables. The embedded file has none, and then there is no such service.
/// </summary>
public interface IDatabaseRoles
{
    /// <summary>Gives existing roles their rights, as the owner of the tables (<c>ConnectionStrings:HistoryOwner</c>, else <c>:History</c>).</summary>
    /// <param name="writer">The role of silos and gateways; null for none.</param>
    /// <param name="reader">The role that may read prices; null for none.</param>
    /// <param name="cancellationToken">Gives it up; nothing is granted then.</param>
    /// <exception cref="HistoryUnavailableException">The database did not take it; says why.</exception>
    Task GrantAsync(string? writer, string? reader, CancellationToken cancellationToken = default);
}
