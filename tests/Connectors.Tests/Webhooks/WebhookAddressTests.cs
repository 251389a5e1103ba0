using System.Net;
using FsCheck.Xunit;
using OptiBid.Connectors.Webhooks;

namespace OptiBid.Connectors.Tests.Webhooks;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.100.100.200")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.192")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.7")]
    [InlineData("203.0.113.7")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:7f00:1::")]
    [InlineData("2001:2::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:808:808::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd00:ec2::254")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Has_AddressOfOtherUse_False(string address) => Assert.False(PublicAddresses.Has(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("8.8.8.8")]
    [InlineData("9.255.255.255")]
    [InlineData("11.0.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("192.169.0.0")]
    [InlineData("198.17.255.255")]
    [InlineData("198.20.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:200::1")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2606:4700:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void Has_AddressOfTheInternet_True(string address) => Assert.True(PublicAddresses.Has(IPAddress.Parse(address)));

    [Property]
    public bool Has_AnIPv4AddressWithinAnIPv6One_NeverTrue(byte a, byte b, byte c, byte d)
    {
        byte[] four = [a, b, c, d];
        byte[] zeros = new byte[12];
        return !PublicAddresses.Has(new IPAddress(four).MapToIPv6())
            && !PublicAddresses.Has(new IPAddress([.. zeros, .. four]))
            && !PublicAddresses.Has(new IPAddress([0x20, 0x02, .. four, .. zeros[..10]]))
            && !PublicAddresses.Has(new IPAddress([0, 0x64, 0xff, 0x9b, .. zeros[..8], .. four]))
            && !PublicAddresses.Has(new IPAddress([0x20, 0x01, 0, 0, .. zeros[..8], .. four]));
    }

    [Theory]
    [InlineData("", "must be a whole address")]
    [InlineData("/alerts", "must be")]
    [InlineData("example.com/alerts", "must be a whole address")]
    [InlineData("http://example.com/", "must begin with https://")]
    [InlineData("file:///etc/passwd", "must begin with https://")]
    [InlineData("https://ann@example.com/", "must not have a user name")]
    [InlineData("https://ann:secret@example.com/", "must not have a user name")]
    [InlineData("https://example.com/#part", "must not have a fragment")]
    [InlineData("https://example.com:0/", "must name a host")]
    [InlineData("https://localhost/", "public internet")]
    [InlineData("https://LOCALHOST./", "public internet")]
    [InlineData("https://app.localhost/", "public internet")]
    [InlineData("https://printer.local/", "public internet")]
    [InlineData("https://optibid-silo.optibid.svc/", "public internet")]
    [InlineData("https://optibid-silo.optibid.svc.cluster.local/", "public internet")]
    [InlineData("https://metadata.google.internal/", "public internet")]
    [InlineData("https://router.home.arpa/", "public internet")]
    [InlineData("https://database/", "public internet")]
    [InlineData("https://10.0.0.1/", "public internet")]
    [InlineData("https://127.1/", "public internet")]
    [InlineData("https://0x7f.0.0.1/", "public internet")]
    [InlineData("https://017700000001/", "public internet")]
    [InlineData("https://2130706433/", "public internet")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "public internet")]
    [InlineData("https://[::1]/", "public internet")]
    [InlineData("https://[::ffff:169.254.169.254]/", "public internet")]
    [InlineData("https://[fd00:ec2::254]/", "public internet")]
    [InlineData("https://①②⑦.⓪.⓪.①/", "public internet")]
    public void TryParse_AddressThatMayNotBe_SaysWhy(string text, string fault)
    {
        Assert.False(WebhookAddress.TryParse(text, allowPrivate: false, out var address, out var said));
        Assert.Null(address);
        Assert.Contains(fault, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/alerts?desk=1")]
    [InlineData("https://example.com:8443/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://bücher.example.com/")]
    public void TryParse_AddressOfTheInternet_IsTaken(string text)
    {
        Assert.True(WebhookAddress.TryParse(text, allowPrivate: false, out var address, out var fault));
        Assert.Null(fault);
        Assert.Equal(new Uri(text), address);
    }

    [Fact]
    public void TryParse_TooLong_IsRefused() => Assert.False(WebhookAddress.TryParse("https://example.com/" + new string('a', WebhookAddress.MaxLength), allowPrivate: false, out _, out _));

    [Theory]
    [InlineData("http://127.0.0.1:5000/", true)]
    [InlineData("https://localhost/", true)]
    [InlineData("https://ann:secret@localhost/", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void TryParse_WherePrivateIsAllowed_TakesHttpAndPrivate(string text, bool isTaken) => Assert.Equal(isTaken, WebhookAddress.TryParse(text, allowPrivate: true, out _, out _));
}
