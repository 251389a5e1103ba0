using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Caiso.Oasis;

/// <summary>Asks OASIS for reports, <c>{BaseUrl}/SingleZip</c> and <c>{BaseUrl}/GroupZip</c>, as CSV.</summary>
internal sealed class OasisClient(MarketContext market)
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://oasis.caiso.com/oasisapi";

    private readonly string _root = market.Options.BaseUrl ?? PublicUrl;

    /// <summary>Asks for a report of a range.</summary>
    /// <param name="feed">The feed, for errors.</param>
    /// <param name="query">Report name.</param>
    /// <param name="version">Report version.</param>
    /// <param name="from">Start of the range, UTC.</param>
    /// <param name="to">End of the range, UTC, not part of it.</param>
    /// <param name="parameters">What else is asked.</param>
    /// <param name="take">Takes in each CSV file of the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ReportAsync(
        string feed, string query, int version, DateTimeOffset from, DateTimeOffset to, (string Name, string? Value)[] parameters, Action<Stream> take, CancellationToken cancellationToken) =>
        AskAsync(
            feed,
            "SingleZip",
            [("queryname", query), .. parameters, ("version", $"{version}"), ("resultformat", "6"), ("startdatetime", OasisTime.Text(from)), ("enddatetime", OasisTime.Text(to))],
            take,
            cancellationToken);

    /// <summary>Asks for a group of reports of a trade date.</summary>
    public Task GroupAsync(string feed, string group, DateOnly day, Action<Stream> take, CancellationToken cancellationToken) =>
        AskAsync(feed, "GroupZip", [("groupid", group), ("version", "1"), ("resultformat", "6"), ("startdatetime", OasisTime.Text(PacificDay.Start(day)))], take, cancellationToken);

    private async Task AskAsync(string feed, string servlet, (string Name, string? Value)[] query, Action<Stream> take, CancellationToken cancellationToken)
    {
        var answer = await market.Client.GetAsync(feed, MarketAddress.Build(_root, servlet, query), prepare: null, cancellationToken);
        OasisAnswer.Read(feed, answer.Body, market.Client.UnpackedLimit, take);
    }
}
