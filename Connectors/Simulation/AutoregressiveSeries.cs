namespace OptiBid.Connectors.Simulation;

/// <summary>
/// A mean-reverting series (AR(1), stationary, mean 0, standard deviation 1) that can be read at any step:
/// the sum of its innovations, hashed from their step, until they have died away.
/// </summary>
internal sealed class AutoregressiveSeries
{
    private readonly ulong _key;
    private readonly double[] _weights;

    /// <summary>Creates a series.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="halfLife">Steps in which a shock loses half its strength.</param>
    public AutoregressiveSeries(ulong key, double halfLife)
    {
        _key = key;
        var phi = Curves.Exp(-0.6931471805599453 / halfLife);
        // Six half-lives keep all but 1.6 % of a shock; the weights are scaled so that the variance is 1 all the same.
        _weights = new double[(int)Math.Ceiling(6 * halfLife)];
        var weight = 1.0;
        for (var lag = 0; lag < _weights.Length; lag++, weight *= phi) _weights[lag] = weight;
        var norm = Math.Sqrt(_weights.Sum(each => each * each));
        for (var lag = 0; lag < _weights.Length; lag++) _weights[lag] /= norm;
    }

    /// <summary>The value at a step.</summary>
    public double At(long step)
    {
        var sum = 0.0;
        for (var lag = 0; lag < _weights.Length; lag++) sum += _weights[lag] * Noise.Normal(_key, step - lag);
        return sum;
    }
}
