using OptiBid.Gateway.Security;

namespace OptiBid.Gateway.Tests.Security;

public class SecurityOptionsTests
{
    [Theory]
    [InlineData(true, null, null, false, null)]
    [InlineData(false, null, null, true, null)]
    [InlineData(false, "https://id.example", "optibid", false, null)]
    [InlineData(true, "http://localhost:9000", "optibid", false, null)]
    [InlineData(false, null, null, false, "Security:AllowAnonymous")]
    [InlineData(false, "http://id.example", "optibid", false, "must be https")]
    [InlineData(false, "id.example", "optibid", false, "not the address of an issuer")]
    [InlineData(false, "https://id.example", null, false, "Security:Audience")]
    public void FindFault_AnyConfiguration_SaysWhatIsMissing(bool isDevelopment, string? authority, string? audience, bool allowAnonymous, string? expected)
    {
        var fault = new SecurityOptions { Authority = authority, Audience = audience, AllowAnonymous = allowAnonymous }.FindFault(isDevelopment);
        if (expected is null) Assert.Null(fault);
        else Assert.Contains(expected, fault);
    }
}
