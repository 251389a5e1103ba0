using System.Globalization;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// One report's files as ERCOT posts them without a key: the list of documents, and each of them. The list is asked for with the
/// version of it that has been read, so that a poll without news costs a call and no bytes.
/// </summary>
internal sealed class ErcotShelf(string feed, int reportTypeId, MarketContext market)
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://www.ercot.com";

    private readonly string _root = Root(market);
    private readonly ReadVersions _versions = new();

    /// <summary>Root of the files and dashboards.</summary>
    public static string Root(MarketContext market) => market.Options.FilesBaseUrl ?? market.Options.BaseUrl ?? PublicUrl;

    /// <summary>The documents listed, oldest first; none, not even an empty list, when it is the one that has been read.</summary>
    public async Task<Listing> ListAsync(bool isConditional, CancellationToken cancellationToken)
    {
        var answer = await market.Client.GetAsync(feed, ListAddress, isConditional ? _versions.Ask : null, cancellationToken);
        return new(answer.IsUnchanged ? null : ErcotDocument.ReadList(feed, answer.Body, reportTypeId), answer with { Body = default });
    }

    /// <summary>Notes that all that a list names has been read and published.</summary>
    public void Note(Listing list) => _versions.Note(ListAddress, list.Version);

    /// <summary>A document's bytes.</summary>
    public async Task<ReadOnlyMemory<byte>> FetchAsync(ErcotDocument document, CancellationToken cancellationToken) => (await market.Client.GetAsync(
        feed, MarketAddress.Build(_root, "misdownload/servlets/mirDownload", ("doclookupId", document.Id)), prepare: null, cancellationToken)).Body;

    private Uri ListAddress => MarketAddress.Build(
        _root, "misapp/servlets/IceDocListJsonWS", ("reportTypeId", reportTypeId.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A list as answered.</summary>
    /// <param name="Documents">What it names; null when it has not changed.</param>
    /// <param name="Version">Which version it is.</param>
    public readonly record struct Listing(IReadOnlyList<ErcotDocument>? Documents, MarketResponse Version);
}
