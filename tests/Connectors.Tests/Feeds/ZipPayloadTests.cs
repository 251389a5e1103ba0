using System.IO.Compression;
using OptiBid.Connectors.Feeds;

namespace OptiBid.Connectors.Tests.Feeds;

public sealed class ZipPayloadTests
{
    private static byte[] Zip(int members, int bytesEach)
    {
        using var buffer = new MemoryStream();
        using (var archive = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < members; i++)
            {
                using var entry = archive.CreateEntry($"{i}.csv").Open();
                entry.Write(new byte[bytesEach]);
            }
        }

        return buffer.ToArray();
    }

    private static long Unpack(byte[] zip, long limit) =>
        ZipPayload.Members("caiso:PRC_LMP", zip, limit).Sum(member =>
        {
            var sink = new MemoryStream();
            member.Content.CopyTo(sink);
            return sink.Length;
        });

    [Fact]
    public void Members_WithinTheLimit_AreUnpackedWhole() => Assert.Equal(30_000, Unpack(Zip(3, 10_000), limit: 30_000));

    [Fact]
    public void Members_ThatPassTheLimitTogether_AreRefused() =>
        Assert.Throws<MarketFeedException>(() => Unpack(Zip(3, 10_000), limit: 29_999));

    [Fact]
    public void Members_ZipBomb_IsRefusedOnceItPassesTheLimit()
    {
        var bomb = Zip(1, 50_000_000);
        Assert.True(bomb.Length < 100_000);

        var error = Assert.Throws<MarketFeedException>(() => Unpack(bomb, limit: 1_000_000));

        Assert.Contains("1,000,000 bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_MoreFilesThanAMarketSends_AreRefused() =>
        Assert.Contains("101 files", Assert.Throws<MarketFeedException>(() => Unpack(Zip(101, 1), 1000)).Message, StringComparison.Ordinal);

    [Fact]
    public void Members_EveryTruncation_IsOneClearError()
    {
        var zip = Zip(1, 1000);
        for (var length = 2; length < zip.Length; length += 7)
        {
            var error = Assert.Throws<MarketFeedException>(() => Unpack(zip[..length], 10_000));
            Assert.StartsWith("caiso:PRC_LMP: the zip ", error.Message, StringComparison.Ordinal);
        }
    }
}
