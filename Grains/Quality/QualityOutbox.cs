using System.Threading.Channels;
using OptiBid.Grains.Interfaces;
using OptiBid.Grains.Zones;

namespace OptiBid.Grains.Quality;

/// <summary>Takes findings from wherever on this silo they are made, at once, and counts them; they are told later. Bounded.</summary>
internal sealed class QualityOutbox(ZoneTallies tallies)
{
    private const int Most = 50_000;

    private readonly Channel<QualityEvent> _findings = Channel.CreateBounded<QualityEvent>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });
    private long _dropped;

    /// <summary>Findings to be told.</summary>
    public ChannelReader<QualityEvent> Findings => _findings.Reader;

    /// <summary>Findings for which there was no room.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Tell(QualityEvent finding)
    {
        if (finding.EndedAt is null) tallies.Found(finding);
        if (!_findings.Writer.TryWrite(finding)) Interlocked.Increment(ref _dropped);
    }
}
