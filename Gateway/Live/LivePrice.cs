using OptiBid.Gateway.Api.Output;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Live;

/// <summary>
/// One price as it got into the table. Never changes, so that all connections share it, and its wire form is made
/// once however many clients it goes to.
/// </summary>
/// <param name="Place">The location it is of.</param>
/// <param name="Update">The price.</param>
/// <param name="Position">Its number in the order in which prices got in; the first is 1.</param>
/// <param name="View">Its wire form.</param>
/// <param name="Renamed">The number of <see cref="LivePrices.Names"/> that gave it another name; 0 while it has the one it came with.</param>
internal sealed record LivePrice(LiveLocation Place, PriceUpdate Update, long Position, PriceView View, long Renamed = 0)
{
    public PriceType Type => Update.Tick.PriceType;
}
