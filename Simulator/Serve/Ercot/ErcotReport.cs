namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>A report of ERCOT's file interface.</summary>
/// <param name="Id">Its number, <c>reportTypeId</c>.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Kept">How long its files stay in the list.</param>
/// <param name="Postings">Its files about times from an instant, included, to another, excluded, in the order of time.</param>
internal sealed record ErcotReport(int Id, string Title, TimeSpan Kept, Func<DateTimeOffset, DateTimeOffset, IEnumerable<ErcotPosting>> Postings)
{
    /// <summary>How long before it is posted what a file is about can begin.</summary>
    public TimeSpan Ahead { get; init; } = TimeSpan.FromDays(1);

    /// <summary>How long after it is posted what a file is about can begin.</summary>
    public TimeSpan After { get; init; }
}
