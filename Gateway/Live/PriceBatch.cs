using OptiBid.Gateway.Api.Output;

namespace OptiBid.Gateway.Live;

/// <summary>What is due to one connection.</summary>
/// <param name="Prices">Prices in the order in which they got into the table; may be empty.</param>
/// <param name="Position">Where the connection then is.</param>
/// <param name="Missed">Prices a slow client missed; 0 for one that keeps up.</param>
internal readonly record struct PriceBatch(PriceView[] Prices, long Position, long Missed);
