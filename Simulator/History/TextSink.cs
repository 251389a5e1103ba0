using System.Buffers;
using OptiBid.Grains.Interfaces;

namespace OptiBid.Simulator.History;

/// <summary>Writes prices as lines to a file or to standard output.</summary>
/// <param name="file">The file; null when <paramref name="stream"/> is none.</param>
/// <param name="stream">Where the bytes go.</param>
/// <param name="lines">What a price's line looks like.</param>
internal sealed class TextSink(PartialFile? file, Stream stream, ITickLines lines) : IPriceSink
{
    private const int FlushBytes = 1 << 18;

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 4096);
    private bool _hasHeader;

    public ValueTask WriteAsync(PriceTick tick, CancellationToken cancellationToken)
    {
        WriteHeaderOnce();
        lines.Write(_buffer, tick);
        return _buffer.WrittenCount >= FlushBytes ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        WriteHeaderOnce();
        await FlushAsync(cancellationToken);
        if (file is not null) await file.CompleteAsync(cancellationToken);
        else await stream.FlushAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (file is not null) await file.DisposeAsync();
        else await stream.DisposeAsync();
    }

    private void WriteHeaderOnce()
    {
        if (_hasHeader) return;
        lines.WriteHeader(_buffer);
        _hasHeader = true;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
    }
}
