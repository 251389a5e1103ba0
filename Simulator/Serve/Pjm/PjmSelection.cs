using OptiBid.Simulator.Serve.Answers;

namespace OptiBid.Simulator.Serve.Pjm;

/// <summary>The rows a query selects.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Page">Some of them: how many to pass over, how many to give at the most.</param>
internal sealed record PjmSelection(long Total, Func<long, int, IEnumerable<Cell[]>> Page);
