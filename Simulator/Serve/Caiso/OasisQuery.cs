using System.Globalization;
using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Caiso;

/// <summary>The parameters of a call to OASIS.</summary>
/// <param name="Report">What is asked for: <c>queryname</c>, or <c>groupid</c> of a group.</param>
/// <param name="MarketRun"><c>market_run_id</c>.</param>
/// <param name="Version"><c>version</c>.</param>
/// <param name="From">Start of the range, UTC.</param>
/// <param name="To">End of the range, excluded, UTC.</param>
internal sealed record OasisQuery(string Report, string? MarketRun, string Version, DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>Name of the file, without its ending.</summary>
    public string FileName(DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture, $"{From:yyyyMMdd}_{To:yyyyMMdd}_{Report}_{MarketRun ?? "N"}_{now.UtcDateTime:yyyyMMdd_HH_mm_ss}_v{Version}");

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="OasisError">One is missing or wrong.</exception>
    public static OasisQuery Read(MarketCall call, string report)
    {
        var from = Time(call, "startdatetime") ?? throw OasisError.Invalid("startdatetime");
        var to = Time(call, "enddatetime") ?? from.AddDays(1);
        if (to <= from) throw OasisError.Invalid("enddatetime");
        // A day's worth more: the last day of a range may have 25 hours.
        if (to - from > Longest + TimeSpan.FromHours(1)) throw OasisError.TooLong();
        return new(report, call.Parameter("market_run_id")?.ToUpperInvariant(), call.Parameter("version") ?? "1", from, to);
    }

    private static DateTimeOffset? Time(MarketCall call, string name)
    {
        if (call.Parameter(name) is not { } text) return null;
        // A plus sign that was not escaped comes as a blank.
        text = text.Replace(' ', '+');
        var isTime = text.Length == 19 && text[14] != ':'
            && DateTimeOffset.TryParseExact(text.Insert(17, ":"), "yyyyMMdd'T'HH:mmzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time);
        return isTime ? DateTimeOffset.ParseExact(text.Insert(17, ":"), "yyyyMMdd'T'HH:mmzzz", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)
            : throw OasisError.Invalid(name);
    }
}
