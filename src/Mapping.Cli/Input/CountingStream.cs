namespace Mapping.Cli.Input;

/// <summary>Tells how many bytes were read.</summary>
internal sealed class CountingStream(Stream inner, Action<long> progress) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => throw new NotSupportedException("only for reading forward");
    }

    public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

    public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("only for reading forward");

    public override void SetLength(long value) => throw new NotSupportedException("only for reading");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("only for reading");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Counted(int read)
    {
        progress(read);
        return read;
    }
}
