namespace Mapping.Builtins.Encodings.Compression;

/// <summary>Data in memory to be read once, with a tail behind it.</summary>
internal sealed class SegmentStream(ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> tail = default) : Stream
{
    private ReadOnlyMemory<byte> current = data;
    private ReadOnlyMemory<byte> next = tail;

    /// <summary>Whether somebody asked for more than there is.</summary>
    public bool RanDry { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("only for reading forward");

    public override long Position
    {
        get => throw new NotSupportedException("only for reading forward");
        set => throw new NotSupportedException("only for reading forward");
    }

    public override int Read(Span<byte> buffer)
    {
        if (current.IsEmpty)
        {
            (current, next) = (next, default);
        }

        int count = Math.Min(buffer.Length, current.Length);
        current.Span[..count].CopyTo(buffer);
        current = current[count..];
        RanDry |= count == 0 && !buffer.IsEmpty;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("only for reading forward");

    public override void SetLength(long value) => throw new NotSupportedException("only for reading forward");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only for reading forward");
}
