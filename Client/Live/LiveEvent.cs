using OptiBid.Client.Models;

namespace OptiBid.Client.Live;

/// <summary>Something a subscription tells.</summary>
public abstract record LiveEvent;

/// <summary>Prices that are newer than those told before; of each location and price type the newest alone.</summary>
/// <param name="Prices">The prices.</param>
/// <param name="IsSnapshot">True for the first after a connection was made: everything in the filter that is new to the subscriber.</param>
public sealed record PricesMoved(IReadOnlyList<MarketPrice> Prices, bool IsSnapshot) : LiveEvent;

/// <summary>
/// Rules of the caller's have fired, of whatever zone and location. What fired while there was no connection is not told
/// again; <see cref="OptiBidClient.GetAlertsAsync"/> has it.
/// </summary>
/// <param name="Alerts">What has fired, oldest first.</param>
public sealed record AlertsFired(IReadOnlyList<Alert> Alerts) : LiveEvent;

/// <summary>The subscriber was too slow; the newest price of each location still comes.</summary>
/// <param name="Dropped">Prices he has missed.</param>
public sealed record Lagged(long Dropped) : LiveEvent;

/// <summary>There is no connection; another attempt follows.</summary>
/// <param name="Reason">What happened, in words.</param>
/// <param name="RetryIn">When.</param>
public sealed record ConnectionLost(string Reason, TimeSpan RetryIn) : LiveEvent;

/// <summary>The data of the event <c>lag</c>.</summary>
/// <param name="Dropped">Prices missed.</param>
internal sealed record Lag(long Dropped);
