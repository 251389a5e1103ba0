using System.Globalization;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Ercot;

/// <summary>
/// The public API's archive of the files that a product has been posted as, <c>archive/{product}</c>: reaches back years further
/// than the queries, at a call a file.
/// </summary>
internal sealed class ErcotArchive(ErcotProduct product, ErcotApi api)
{
    private const int PageSize = 1000;
    private const int PagesAtMost = 100;

    private static readonly TimeSpan PostingDelay = TimeSpan.FromHours(1);

    /// <summary>The files that may cover some of a range, oldest first.</summary>
    public async Task<IReadOnlyList<ErcotDocument>> ListAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        // The times asked by are Central and say nothing of the repeated hour, so both ends are an hour wide of it.
        var (first, last) = (ErcotLabels.Time(from - product.Lead - PostingDelay), ErcotLabels.Time(to + 2 * PostingDelay));
        var documents = new List<ErcotDocument>();
        for (var (page, pages) = (1, 1L); page <= pages; page++)
        {
            if (page > PagesAtMost) throw new MarketFeedException(product.Name, $"the archive listing has more than {PagesAtMost} pages");
            var body = await api.GetAsync(
                product.Name,
                "archive/" + product.Emil,
                [("postDatetimeFrom", first), ("postDatetimeTo", last), ("size", Text(PageSize)), ("page", Text(page))],
                cancellationToken);
            (var more, pages) = ErcotDocument.ReadArchive(product.Name, body);
            documents.AddRange(more);
        }

        return [.. documents.DistinctBy(document => document.Id).OrderBy(document => document.PublishedAt)];
    }

    /// <summary>
    /// A file's bytes. The listing's links are not followed as they stand but by their id: they name the public address whoever
    /// answers, and credentials go to the configured one alone.
    /// </summary>
    public Task<ReadOnlyMemory<byte>> FetchAsync(ErcotDocument document, CancellationToken cancellationToken) =>
        api.GetAsync(product.Name, "archive/" + product.Emil, [("download", document.Id)], cancellationToken);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
