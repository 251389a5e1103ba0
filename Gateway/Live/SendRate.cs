namespace OptiBid.Gateway.Live;

/// <summary>When a connection's sends are due: a period, and a phase that differs between connections.</summary>
/// <param name="Period">Time between two sends.</param>
/// <param name="FirstDelay">Time until the first.</param>
internal readonly record struct SendRate(TimeSpan Period, TimeSpan FirstDelay)
{
    /// <summary>Sends a second when the client does not say.</summary>
    public const double DefaultHz = 4;

    /// <summary>Fewest sends a second.</summary>
    public const double MinHz = 0.1;

    /// <summary>Most sends a second.</summary>
    public const double MaxHz = 20;

    /// <param name="hz">Sends a second, <see cref="MinHz"/> to <see cref="MaxHz"/>.</param>
    /// <param name="phase">Which part of the first period to wait, 0 to 1.</param>
    public static SendRate Of(double hz, double phase)
    {
        var period = TimeSpan.FromSeconds(1 / hz);
        return new SendRate(period, phase * period);
    }

    /// <summary>
    /// The due time after <paramref name="due"/>, on the same grid: the last one that is not after
    /// <paramref name="now"/>, or the first that is.
    /// </summary>
    /// <param name="due">The send that is done.</param>
    /// <param name="now">When it was done.</param>
    /// <param name="skipped">Sends that fell due meanwhile and are left out.</param>
    public TimeSpan Next(TimeSpan due, TimeSpan now, out int skipped)
    {
        var next = due + Period;
        skipped = now > next ? (int)((now - next) / Period) : 0;
        return next + skipped * Period;
    }
}
