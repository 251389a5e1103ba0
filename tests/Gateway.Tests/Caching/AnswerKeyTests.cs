using OptiBid.Gateway.Api;
using OptiBid.Gateway.Api.Requests;
using OptiBid.Gateway.Caching;
using OptiBid.Gateway.Live;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Gateway.Tests.Caching;

public sealed class AnswerKeyTests
{
    private static readonly Parameter Texts = new("texts", ParameterKind.Text, "") { MaxCount = 10 };
    private static readonly Parameter More = new("more", ParameterKind.Text, "");
    private static readonly Parameter Kind = new("kind", ParameterKind.Text, "") { Allowed = ["one", "two"] };
    private static readonly ApiCall Call = new([Texts, More, Kind]);

    private static readonly (DateTimeOffset Start, DateTimeOffset End) Range = (Ticks.Noon.AddHours(-1), Ticks.Noon);

    private static string Of(
        string name = "call", ZoneSet? visible = null, (DateTimeOffset, DateTimeOffset)? range = null, LocationId[]? locations = null, params (string Name, string[] Texts)[] values) =>
        AnswerKey.Of(
            name, Call, new RequestValues(values.ToDictionary(value => value.Name, value => (IReadOnlyList<string>)value.Texts)), visible ?? ZoneSet.All, range ?? Range, locations ?? []);

    [Fact]
    public void Of_SameInOtherWords_IsTheSame()
    {
        Assert.Equal(Of(values: ("texts", ["a", "b"])), Of(values: ("texts", ["b", "a"])));
        Assert.Equal(Of(values: ("kind", ["one"])), Of(values: ("kind", ["ONE"])));
        Assert.Equal(Of(range: (Range.Start, Range.End.AddSeconds(-59))), Of(range: (Range.Start, Range.End.AddTicks(-1))));
    }

    [Fact]
    public void Of_AnythingThatDecidesTheAnswer_TellsKeysApart()
    {
        var id = new LocationId(MarketZone.PJM, "A");
        string[] keys =
        [
            Of(), Of("other"), Of(visible: ZoneSet.None), Of(visible: ZoneSet.None.With(MarketZone.PJM)),
            Of(values: ("texts", ["a"])), Of(values: ("texts", ["A"])), Of(values: ("texts", ["a", "a"])), Of(values: ("texts", ["a,a"])), Of(values: ("more", ["a"])),
            Of(values: ("texts", ["a\nmore=1:b"])), Of(values: [("texts", ["a"]), ("more", ["b"])]),
            Of(values: ("kind", ["one"])), Of(values: ("kind", ["two"])),
            Of(range: (Range.Start, Range.End.AddTicks(1))), Of(range: (Range.Start.AddTicks(1), Range.End)),
            Of(locations: [id]), Of(locations: [id with { Zone = MarketZone.ERCOT }]), Of(locations: [id with { Location = "B" }]), Of(locations: [id, id with { Location = "B" }]),
        ];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
