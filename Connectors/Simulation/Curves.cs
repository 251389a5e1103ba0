namespace OptiBid.Connectors.Simulation;

/// <summary>
/// The few curves the simulation bends, made of additions, multiplications and divisions alone: those are exact by
/// IEEE 754, while the functions of a C library differ in the last bit between platforms, and prices must not.
/// </summary>
internal static class Curves
{
    /// <summary>Cosine of an angle in turns (1 is the full circle), right to seven decimals.</summary>
    public static double Cos(double turns)
    {
        var angle = (turns - Math.Round(turns)) * (2 * Math.PI);
        var t = angle * angle;
        return 1 - t / 2 * (1 - t / 12 * (1 - t / 30 * (1 - t / 56 * (1 - t / 90 * (1 - t / 132 * (1 - t / 182 * (1 - t / 240)))))));
    }

    /// <summary>The exponential function as (1 + x/4096)^4096, within 1 % where it is between e⁻⁹ and e⁹.</summary>
    public static double Exp(double x)
    {
        var power = 1 + Math.Clamp(x, -60, 60) / 4096;
        for (var i = 0; i < 12; i++) power *= power;
        return power;
    }

    /// <summary>From 0 to 1, ½ at 0: 1 / (1 + e⁻ˣ).</summary>
    public static double Logistic(double x) => 1 / (1 + Exp(-x));

    /// <summary>0 up to 0, 1 from 1 on, smooth between.</summary>
    public static double Step(double x)
    {
        x = Math.Clamp(x, 0, 1);
        return x * x * (3 - 2 * x);
    }

    /// <summary>A bell of height 1 around an hour of the day.</summary>
    /// <param name="hour">0 to 24.</param>
    /// <param name="centre">Hour of the height.</param>
    /// <param name="width">Standard deviation, hours.</param>
    public static double Bell(double hour, double centre, double width)
    {
        var distance = Math.Abs(hour - centre);
        distance = Math.Min(distance, 24 - distance) / width;
        return Exp(-distance * distance / 2);
    }
}
