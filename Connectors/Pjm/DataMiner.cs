using System.Globalization;
using System.Runtime.CompilerServices;
using OptiBid.Connectors.Configuration;
using OptiBid.Connectors.Feeds;
using OptiBid.Connectors.Http;
using OptiBid.Connectors.Markets;

namespace OptiBid.Connectors.Pjm;

/// <summary>Asks one feed of PJM Data Miner 2, <c>{BaseUrl}/{feed}</c>, page after page.</summary>
/// <param name="name">The feed's full name, for errors.</param>
/// <param name="market">Client and options.</param>
internal sealed class DataMiner(string name, MarketContext market)
{
    /// <summary>The public address of the interface.</summary>
    public const string PublicUrl = "https://api.pjm.com/api/v1";

    private const int PagesAtMost = 1000;

    /// <summary>Reads an answer from its first page on. A page's rows are to be read to their end before the next is asked for.</summary>
    /// <param name="query">What is asked for.</param>
    /// <param name="first">Its first page, where it has been asked for already.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async IAsyncEnumerable<PjmPage> ReadAsync(PjmQuery query, PjmPage? first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var row = 1;
        for (var pages = 0; row > 0; pages++)
        {
            if (pages == PagesAtMost) throw new MarketFeedException(name, $"the answer has more than {PagesAtMost} pages");
            using var page = pages == 0 && first is not null ? first : await GetAsync(query, row, cancellationToken);
            yield return page;
            row = page.Next().Row;
        }
    }

    /// <summary>Asks for one page and opens it.</summary>
    /// <exception cref="MarketFeedException">It is refused, or is no answer of Data Miner 2.</exception>
    public async Task<PjmPage> GetAsync(PjmQuery query, int startRow, CancellationToken cancellationToken)
    {
        var key = market.Client.Credentials.ApiKey;
        if (key is null && market.Options.BaseUrl is null)
        {
            throw new MarketFeedException(
                name,
                $"{ZoneConnectorOptions.Section}:PJM:ApiKey is not set, and PJM answers nobody without a subscription key: set it (keys come with an account at https://apiportal.pjm.com), or set {ZoneConnectorOptions.Section}:PJM:Feed to Off");
        }

        var answer = await market.Client.GetAsync(name, Address(query, startRow), request => AddKey(request, key), cancellationToken);
        return new PjmPage(name, PjmTable.Open(name, answer.Body, query.Columns), startRow, answer.Total);
    }

    private static void AddKey(HttpRequestMessage request, string? key)
    {
        if (key is not null) request.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", key);
    }

    private Uri Address(PjmQuery query, int startRow) => MarketAddress.Build(
        market.Options.BaseUrl ?? PublicUrl,
        query.Feed,
        [
            ("rowCount", PjmPage.MostRows.ToString(CultureInfo.InvariantCulture)),
            ("startRow", startRow.ToString(CultureInfo.InvariantCulture)),
            ("fields", string.Join(',', query.Fields)),
            // Rows that come in a settled order keep their place from page to page.
            ("sort", query.Sort),
            ("order", query.Sort is null ? null : "Asc"),
            .. query.Filters,
        ]);
}
