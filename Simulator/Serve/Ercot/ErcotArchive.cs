using System.Globalization;
using OptiBid.Connectors.Time;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>The public API's archive: all the files a product was ever posted as, by the time of posting, and each of them.</summary>
internal sealed class ErcotArchive(IReadOnlyList<ErcotReport> reports, ErcotDocuments documents)
{
    private static readonly Dictionary<string, int> Products = new(StringComparer.OrdinalIgnoreCase)
    {
        ["np6-788-cd"] = 12300, ["np6-905-cd"] = 12301, ["np4-190-cd"] = 12331, ["np3-560-cd"] = 12311, ["np4-732-cd"] = 13028, ["np4-737-cd"] = 13483,
        ["np4-197-m"] = 13045, ["np4-196-m"] = 13044,
    };

    /// <summary>The listing, or a file.</summary>
    public Answer Read(MarketCall call, string product)
    {
        if (call.Parameter("download") is { } id) return documents.Document(call, id);
        if (!Products.TryGetValue(product, out var number)) return Refusals.NotFound();
        if (!ErcotApiTimes.TryTime(call, "postDatetimeFrom", isEnd: false, out var from) || !ErcotApiTimes.TryTime(call, "postDatetimeTo", isEnd: true, out var to)
            || ErcotEnvelope.Paging(call) is not { } paging)
        {
            return ErcotEnvelope.Bad("a parameter cannot be read");
        }

        var report = reports.First(report => report.Id == number);
        var last = Instants.Earlier(to ?? call.Now, call.Now);
        ErcotPosting[] postings = call.IsEmpty ? [] : [.. ErcotDocuments.Posted(report, (from ?? last.AddDays(-1)).AddTicks(-1), last).OrderByDescending(posting => posting.PostedAt)];
        var address = $"{call.Http.Request.Scheme}://{call.Http.Request.Host}{call.Http.Request.Path}";
        var entries = postings.Skip((int)Math.Min((paging.Page - 1L) * paging.Size, int.MaxValue)).Take(paging.Size).Select(posting =>
        {
            var posted = ErcotTimes.Central(posting.PostedAt).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture);
            var document = documents.Id(report, posting, "csv");
            return "{\"docId\":" + document.ToString(CultureInfo.InvariantCulture) + ",\"friendlyName\":\"" + posting.Name + "_csv\",\"postDatetime\":\"" + posted
                + "\",\"_links\":{\"endpoint\":{\"href\":\"" + address + "?download=" + document.ToString(CultureInfo.InvariantCulture) + "\"}}}";
        });
        return Answer.Text("application/json",
        [
            "{" + ErcotEnvelope.Meta(call, postings.Length, paging, "postDatetime: DESC") + ",\"product\":{\"emilId\":\"" + product.ToUpperInvariant() + "\",\"name\":"
                + JsonText.Quote(report.Title) + ",\"reportTypeId\":" + number.ToString(CultureInfo.InvariantCulture) + "},\"archives\":[",
            string.Join(',', entries),
            "]" + ErcotEnvelope.Links(call),
        ]);
    }
}
