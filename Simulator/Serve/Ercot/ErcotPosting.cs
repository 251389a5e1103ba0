using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Ercot;

/// <summary>A file that ERCOT posts.</summary>
/// <param name="Covers">Start of what it is about, which names it among its report's files.</param>
/// <param name="PostedAt">When it is posted, UTC.</param>
/// <param name="Name">Its friendly name, without the ending that says the format.</param>
/// <param name="Table">What is in it.</param>
/// <param name="Edition">Tells files apart that are about the same; 0 to 999.</param>
internal sealed record ErcotPosting(DateTimeOffset Covers, DateTimeOffset PostedAt, string Name, Func<Table> Table, int Edition = 0);
