using System.Text;
using Confluent.Kafka;
using FsCheck.Xunit;
using OptiBid.Streams.Kafka.DeadLetters;
using OptiBid.Streams.Kafka.Topology;

namespace OptiBid.Streams.Kafka.Tests.DeadLetters;

public class LetterCutTests
{
    private static PoisonRecord Record(int value, int headers, int key) => new(
        new KafkaPartition("records", 2), 41, "why", key < 0 ? null : new byte[key], value < 0 ? null : new byte[value],
        headers == 0 ? null : [.. Enumerable.Range(0, headers).Select(number => new Header($"h{number}", new byte[100_000]))], 5);

    [Fact]
    public void Smaller_HalvesTheValueFirstThenHeadersThenTheKeyThenAll()
    {
        var record = Record(3_000, 2, 1_000);
        var cuts = new List<LetterCut>();
        for (LetterCut? cut = LetterCut.Whole; cut is { } some; cut = some.Smaller(record)) cuts.Add(some);

        Assert.Equal(
            [LetterCut.Whole, new(1_500, int.MaxValue, int.MaxValue), new(750, int.MaxValue, int.MaxValue), new(750, 0, int.MaxValue), new(750, 0, 256), new(0, 0, 256)],
            cuts);
    }

    [Property]
    public void Smaller_AnyRecord_EndsInALetterThatIsSmallAndSaysWhatItLacks(int value, byte headers, ushort key)
    {
        var record = Record(Math.Abs(value % 40_000_000), headers % 5, key);
        var cut = LetterCut.Whole;
        var steps = 0;
        while (cut.Smaller(record) is { } smaller)
        {
            cut = smaller;
            Assert.True(++steps < 40);
        }

        var letter = record.ToMessage(cut);
        Assert.True(letter.Value!.Length == 0 && letter.Key!.Length <= 256);
        Assert.Equal(4 + (letter.Headers.TryGetLastBytes("dlq.truncated", out _) ? 1 : 0), letter.Headers.Count);
        Assert.Equal("41", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("dlq.offset")));
    }

    [Fact]
    public void ToMessage_WasADeadLetterBefore_SaysOnlyWhatIsWrongNow()
    {
        var record = Record(3, 0, 1) with { Headers = new Headers { { "dlq.reason", "old"u8.ToArray() }, { "trace", [1] } } };
        var letter = record.ToMessage(LetterCut.Whole);

        Assert.Equal(["trace", "dlq.reason", "dlq.topic", "dlq.partition", "dlq.offset"], letter.Headers.Select(header => header.Key));
        Assert.Equal("why", Encoding.UTF8.GetString(letter.Headers.GetLastBytes("dlq.reason")));
    }
}
