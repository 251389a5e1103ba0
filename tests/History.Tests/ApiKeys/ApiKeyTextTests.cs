using OptiBid.History.ApiKeys;

namespace OptiBid.History.Tests.ApiKeys;

public class ApiKeyTextTests
{
    [Fact]
    public void TryParse_KeyText_IsTakenAndNoOther()
    {
        var key = ApiKeyText.Create();
        Assert.True(ApiKeyText.TryParse(key.Text, out var read));
        Assert.Equal(key.Id, read.Id);
        Assert.Equal(key.Hash(), read.Hash());
        Assert.DoesNotContain(key.Text[^64..], key.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(ApiKeyText.CreateFor(key.Id).Hash(), key.Hash());
        foreach (var wrong in new[] { null, "", "optibid_", key.Text + "0", key.Text[1..], key.Text.ToUpperInvariant(), key.Text.Replace('_', '-'), key.Text[..^1] + "g" })
            Assert.False(ApiKeyText.TryParse(wrong, out _));
    }
}
