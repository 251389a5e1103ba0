using OptiBid.Grains.Interfaces;

namespace OptiBid.History;

/// <summary>What became of an append.</summary>
/// <param name="IsDurable">
/// True when every tick is in the store, but for those rejected; false when the writer had to give them up, in which
/// case the caller reads them again from Kafka later.
/// </param>
/// <param name="Rejected">Ticks the store can never take, which the writer has set aside; for the caller to keep elsewhere.</param>
public readonly record struct AppendOutcome(bool IsDurable, IReadOnlyList<RejectedTick> Rejected);

/// <summary>A tick the store can never take.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Reason">What the store said.</param>
public sealed record RejectedTick(PriceTick Tick, string Reason);
