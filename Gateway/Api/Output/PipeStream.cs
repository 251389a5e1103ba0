using System.IO.Pipelines;

namespace OptiBid.Gateway.Api.Output;

/// <summary>
/// A pipe as a stream that can only be written. Asynchronous writes flush whenever much has gathered, and so go at the
/// reader's pace; synchronous ones and Flush only gather, since a server's connection may not be waited for.
/// </summary>
internal sealed class PipeStream(PipeWriter output, int flushBytes) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => System.Buffers.BuffersExtensions.Write(output, buffer);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return output.UnflushedBytes < flushBytes ? ValueTask.CompletedTask : new(FlushAsync(cancellationToken));
    }

    public override void Flush()
    {
    }

    public override async Task FlushAsync(CancellationToken cancellationToken) => _ = await output.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
