using System.Xml;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Caiso.Oasis;

/// <summary>Errors of OASIS, which come with status 200 as often as not.</summary>
internal static class OasisErrors
{
    private const string NoData = "1000";
    private const string Busy = "1015";

    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(30);

    /// <summary>True for the page that answers a call made too soon after the last.</summary>
    public static bool IsThrottle(ReadOnlySpan<byte> body) =>
        Payload.IsMarkup(body) && body.IndexOf("Acceptable Use Policy"u8) >= 0;

    /// <summary>True for an OASIS report that was not zipped.</summary>
    public static bool IsReport(ReadOnlySpan<byte> body) =>
        Payload.IsMarkup(body) && body.IndexOf("OASISReport"u8) >= 0;

    /// <summary>
    /// True when the answer itself is at fault and would be again; false when the market cannot be reached, is busy, or asks to be
    /// left alone.
    /// </summary>
    public static bool IsOfContent(MarketFeedException error) =>
        error is { Status: null, RetryAfter: null }
        && error.InnerException is EndOfStreamException or not (HttpRequestException or IOException or OperationCanceledException or Polly.ExecutionRejectedException);

    /// <summary>Passes when the report says that there is no data for the range (yet); else throws what it says.</summary>
    public static void ThrowUnlessNoData(string feed, Stream xml)
    {
        var (code, words) = Read(feed, xml);
        if (code == NoData) return;

        throw new MarketFeedException(feed, code is null
            ? "the zip holds an XML report instead of CSV, and it names no error"
            : $"OASIS error {code}: {words}")
        {
            RetryAfter = code == Busy ? BusyPause : null,
        };
    }

    private static (string? Code, string? Words) Read(string feed, Stream xml)
    {
        string? code = null, words = null;
        try
        {
            using var reader = XmlReader.Create(xml, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            // Reading an element's content moves past it, so the loop looks before it reads on.
            for (var more = reader.Read(); more;)
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "ERR_CODE") code ??= reader.ReadElementContentAsString().Trim();
                else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "ERR_DESC") words ??= reader.ReadElementContentAsString().Trim();
                else more = reader.Read();
            }
        }
        catch (XmlException error)
        {
            throw new MarketFeedException(feed, $"the XML report cannot be read: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw ZipPayload.Damaged(feed, error);
        }

        return (code, words);
    }
}
