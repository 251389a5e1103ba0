namespace OptiBid.Connectors.Feeds;

/// <summary>Reads through to another stream and refuses to go past a number of bytes: the guard against a zip bomb.</summary>
internal sealed class BoundedStream(string feed, Stream inner, long limit) : Stream
{
    private byte[] _ahead = [];
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _read; set => throw new NotSupportedException(); }

    /// <summary>The first bytes, without going past them; fewer where the content is shorter. To be asked before anything is read.</summary>
    public ReadOnlySpan<byte> Peek(int bytes)
    {
        try
        {
            var ahead = new byte[bytes];
            _ahead = ahead[..inner.ReadAtLeast(ahead, bytes, throwOnEndOfStream: false)];
            return _ahead;
        }
        catch (InvalidDataException error)
        {
            throw ZipPayload.Damaged(feed, error);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_ahead.Length == 0) return Count(inner.Read(buffer));

        var taken = Math.Min(buffer.Length, _ahead.Length);
        _ahead.AsSpan(0, taken).CopyTo(buffer);
        _ahead = _ahead[taken..];
        return Count(taken);
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(int read) => (_read += read) <= limit
        ? read
        : throw new MarketFeedException(feed, $"the zip unpacks to more than the {limit:N0} bytes allowed");
}
