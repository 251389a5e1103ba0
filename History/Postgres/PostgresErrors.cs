using System.Net.Sockets;
using Npgsql;

namespace OptiBid.History.Postgres;

/// <summary>What a driver's error means for whoever called.</summary>
internal static class PostgresErrors
{
    /// <summary>True for errors of the driver, the network or the database; false for bugs and cancellation.</summary>
    public static bool Concerns(Exception error) =>
        error is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>
    /// Data the database can never take (SQLSTATE classes 22, 23 and 54) is rejected; everything else, from a
    /// broken connection to a full disk, a read-only standby or a missing right, may pass.
    /// </summary>
    /// <param name="attempt">What was tried, such as "write 10000 ticks".</param>
    /// <param name="error">The driver's error.</param>
    public static Exception Translate(string attempt, Exception error) =>
        error is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } refused
            ? new HistoryRejectedException($"PostgreSQL refused to {attempt}: {refused.SqlState} {refused.MessageText}", refused)
            : new HistoryUnavailableException($"PostgreSQL did not {attempt}: {Reason(error)}", error);

    /// <summary>The error in a few words.</summary>
    public static string Reason(Exception error) => error switch
    {
        PostgresException refused => $"{refused.SqlState} {refused.MessageText}",
        { InnerException: SocketException or TimeoutException or IOException } => error.InnerException!.Message,
        _ => error.Message,
    };
}
