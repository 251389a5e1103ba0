using FsCheck.Xunit;
using OptiBid.Connectors.Time;

namespace OptiBid.Connectors.Tests.Time;

public sealed class InstantsTests
{
    [Property]
    public bool FloorAndCeiling_AnyInstant_EncloseItWithinAStep(uint seconds, ushort ticks)
    {
        var step = TimeSpan.FromMinutes(5);
        var instant = DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(ticks);
        var (floor, ceiling, round) = (instant.Floor(step), instant.Ceiling(step), instant.Round(step));

        return floor <= instant && instant <= ceiling && ceiling - floor <= step
            && floor.Minute % 5 == 0 && ceiling.Minute % 5 == 0
            && (round == floor || round == ceiling) && (round - instant).Duration() <= step / 2;
    }
}
