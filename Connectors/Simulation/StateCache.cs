namespace OptiBid.Connectors.Simulation;

/// <summary>The last few hundred states of a market, because every place of it asks for the same one.</summary>
internal sealed class StateCache(Func<long, MarketState> compute)
{
    private const int Kept = 512;

    private readonly MarketState?[] _states = new MarketState?[Kept];

    /// <summary>The state of a step.</summary>
    public MarketState At(long step)
    {
        ref var slot = ref _states[(int)(step & (Kept - 1))];
        // Two threads may compute the same state; they come to the same result.
        var state = Volatile.Read(ref slot);
        if (state?.Step == step) return state;

        state = compute(step);
        Volatile.Write(ref slot, state);
        return state;
    }
}
