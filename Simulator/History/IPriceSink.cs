using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>Where prices are written to. Disposed without having been completed, it leaves nothing behind that looks whole.</summary>
internal interface IPriceSink : IAsyncDisposable
{
    /// <summary>Writes a price.</summary>
    ValueTask WriteAsync(PriceTick tick, CancellationToken cancellationToken);

    /// <summary>Writes what is left; returns when all is where it should be.</summary>
    Task CompleteAsync(CancellationToken cancellationToken);
}
