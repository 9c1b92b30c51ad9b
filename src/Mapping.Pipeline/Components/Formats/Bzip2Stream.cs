using System.Buffers;
using Mapping.Builtins.Encodings.Compression;

namespace Mapping.Pipeline.Components.Formats;

/// <summary>What a bzip2 stream contains. The compressed bytes are held in memory, what they become is made piece by piece.</summary>
internal sealed class Bzip2Stream(Stream source) : Stream
{
    private readonly ArrayBufferWriter<byte> piece = new();
    private Bzip2Reader? reader;
    private bool isInBlock;
    private int given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (reader is null)
        {
            using var content = new MemoryStream();
            source.CopyTo(content);
            reader = new Bzip2Reader(content.ToArray(), piece);
        }

        while (given == piece.WrittenCount)
        {
            given = 0;
            piece.ResetWrittenCount();
            if (!isInBlock && !reader.ReadBlock())
            {
                return 0;
            }

            isInBlock = reader.WriteSome();
        }

        ReadOnlySpan<byte> rest = piece.WrittenSpan[given..];
        int length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        given += length;
        return length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }
}
