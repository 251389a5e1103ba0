using System.Globalization;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>What OASIS answers in place of data: status 200 and a zip that holds an XML report with an error.</summary>
internal sealed class OasisError(string code, string words) : Exception(words)
{
    private const string Disclaimer =
        "The contents of these pages are subject to change without notice. Decisions based on information contained within the California ISO's web site are the visitor's sole responsibility.";

    /// <summary>There is nothing for the selection, or not yet.</summary>
    public static OasisError NoData() => new("1000", "No data returned for the specified selection");

    /// <summary>The range is too long.</summary>
    public static OasisError TooLong() => new("1004", "Data can be requested for period of 31 days only");

    /// <summary>A parameter is missing or cannot be read.</summary>
    public static OasisError Invalid(string what) => new("1001", $"Invalid or missing parameter: {what}");

    /// <summary>The answer.</summary>
    /// <param name="name">Name of the file, without its ending.</param>
    /// <param name="now">When it is written.</param>
    public Answer Answer(string name, DateTimeOffset now) => Answers.Answer.Zip(
        name + ".zip",
        now.UtcDateTime,
        (name + ".xml",
        [
            $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <m:OASISReport xmlns:m="http://www.caiso.com/soa/OASISReport_v1.xsd">
            <m:MessageHeader>
            {'\t'}<m:TimeDate>{now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}</m:TimeDate>
            {'\t'}<m:Source>OASIS</m:Source>
            {'\t'}<m:Version>v20131201</m:Version>
            </m:MessageHeader>
            <m:MessagePayload>
            <m:RTO>
            <m:name>CAISO</m:name>
            <m:DISCLAIMER_ITEM>
            <m:DISCLAIMER>{Disclaimer}</m:DISCLAIMER>
            </m:DISCLAIMER_ITEM>
            <m:ERROR>
            <m:ERR_CODE>{code}</m:ERR_CODE>
            <m:ERR_DESC>{Message}</m:ERR_DESC>
            </m:ERROR>

            </m:RTO>
            </m:MessagePayload>
            </m:OASISReport>
            """,
        ]));
}
