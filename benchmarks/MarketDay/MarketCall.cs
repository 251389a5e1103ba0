namespace OptiBid.Benchmarks.MarketDay;

/// <summary>A call as the market's access log has it.</summary>
/// <param name="Time">When it came in, UTC.</param>
/// <param name="Status">Status of the answer.</param>
/// <param name="Bytes">Bytes of the body.</param>
/// <param name="Seconds">From the call to the last byte of its answer.</param>
internal sealed record MarketCall(DateTimeOffset Time, int Status, long Bytes, double Seconds)
{
    /// <summary>Time between two calls under a limit; the product keeps a tenth of it free, see <c>MarketRateLimit</c>.</summary>
    public static TimeSpan Apart(double callsPerMinute) => TimeSpan.FromMinutes(1 / callsPerMinute) * 10 / 9;

    /// <summary>
    /// The market's share of the time: an answer is under way, or the limit forbids the next call. What the product does
    /// meanwhile is hidden behind it and costs nobody any time.
    /// </summary>
    public static TimeSpan Share(IReadOnlyList<MarketCall> calls, TimeSpan apart)
    {
        var share = TimeSpan.Zero;
        for (var i = 0; i < calls.Count; i++)
        {
            var answered = TimeSpan.FromSeconds(calls[i].Seconds);
            var isLast = i == calls.Count - 1;
            var taken = isLast || answered > apart ? answered : apart;
            share += isLast || taken < calls[i + 1].Time - calls[i].Time ? taken : calls[i + 1].Time - calls[i].Time;
        }

        return share;
    }
}
