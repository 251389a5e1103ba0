using System.Text.Json.Serialization;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.Serve.Log;

/// <summary>A call as the access log has it.</summary>
/// <param name="Time">When it came in, UTC.</param>
/// <param name="Zone">The market.</param>
/// <param name="Host">Kind of host.</param>
/// <param name="Feed">The feed.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path and query, keys blotted.</param>
/// <param name="Status">Status of the answer; 0 when the connection was closed without one.</param>
/// <param name="Fault">The faults that struck it, comma-separated; null when none did.</param>
/// <param name="Bytes">Bytes of the body.</param>
/// <param name="Rows">Rows of data in it.</param>
/// <param name="Seconds">From the call to the last byte of its answer.</param>
internal sealed record LoggedCall(
    [property: JsonConverter(typeof(MillisecondTime))] DateTimeOffset Time,
    MarketZone Zone, string Host, string Feed, string Method, string Path, int Status, string? Fault, long Bytes, long Rows, double Seconds);
