using FsCheck.Xunit;
using OptiBid.Connectors.Simulation;

namespace OptiBid.Connectors.Tests.Simulation;

public sealed class CurvesTests
{
    [Property]
    public bool Cos_AnyAngle_IsTheCosine(short turns) => Math.Abs(Curves.Cos(turns / 317.0) - Math.Cos(turns / 317.0 * 2 * Math.PI)) < 2e-7;

    [Property]
    public bool Exp_UpToNine_IsTheExponentialWithinAHundredth(short x) => Math.Abs(Curves.Exp(x / 3640.0) / Math.Exp(x / 3640.0) - 1) < 0.01;
}
