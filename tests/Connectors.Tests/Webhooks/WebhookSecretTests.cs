using System.Text;
using OptiBid.Connectors.Webhooks;

namespace OptiBid.Connectors.Tests.Webhooks;

public sealed class WebhookSecretTests
{
    /// <summary>The signature that Standard Webhooks' own libraries are tested with.</summary>
    [Fact]
    public void Sign_ByAKnownSecret_IsTheKnownSignature() =>
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));

    [Fact]
    public void Create_Twice_GivesTwoOf32BytesThatReadBack()
    {
        var (one, other) = (WebhookSecret.Create(), WebhookSecret.Create());

        Assert.NotEqual(one.Text, other.Text);
        Assert.Equal(32, one.Key.Length);
        Assert.StartsWith("whsec_", one.Text, StringComparison.Ordinal);
        Assert.Equal(one.Key, WebhookSecret.Parse(one.Text).Key);
        Assert.DoesNotContain(one.Text[6..], one.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_%")]
    public void Parse_OfNone_IsRefused(string text) => Assert.Throws<FormatException>(() => WebhookSecret.Parse(text));
}
