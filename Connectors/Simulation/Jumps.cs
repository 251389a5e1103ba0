namespace OptiBid.Connectors.Simulation;

/// <summary>A market's price jumps: they come at random, most on the ramps of morning and evening, and die within the hour.</summary>
internal sealed class Jumps(JumpProfile profile, ulong seed)
{
    private const int Steps = 10;
    private const double Decay = 0.62;

    // E[e^0.6z] for the noise used, times the rare large ones, less those that go down.
    private const double MeanFactor = 1.19 * 1.18 * (0.85 - 0.15 * 0.3);

    private readonly ulong _when = Noise.Key(seed, 4);
    private readonly ulong _size = Noise.Key(seed, 5);
    private readonly ulong _kind = Noise.Key(seed, 6);

    /// <summary>What the jumps of the last hour add, $/MWh.</summary>
    public double At(long step, double hour)
    {
        var chance = Chance(hour);
        var sum = 0.0;
        var strength = 1.0;
        for (var lag = 0; lag < Steps; lag++, strength *= Decay)
        {
            if (Noise.Uniform(_when, step - lag) >= chance) continue;
            var kind = Noise.Uniform(_kind, step - lag);
            var factor = kind < 0.15 ? -0.3 : 1;
            if (Noise.Uniform(_size, step - lag) < 0.02) factor *= 10;
            sum += strength * factor * profile.Size * Curves.Exp(0.6 * Noise.Normal(_size, step - lag));
        }

        return sum;
    }

    /// <summary>What they add on average at an hour, $/MWh.</summary>
    public double Expected(double hour) => Chance(hour) * profile.Size * MeanFactor / (1 - Decay);

    private double Chance(double hour) =>
        profile.PerDay / 288 * (0.55 + 2.2 * Curves.Bell(hour, 19, 1.8) + 0.8 * Curves.Bell(hour, 7, 1.3));
}
