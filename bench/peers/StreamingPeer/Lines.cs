using System.Buffers;

namespace StreamingPeer;

/// <summary>The lines of a stream, each a slice of one pooled buffer and valid until the next.</summary>
internal sealed class Lines(Stream stream) : IDisposable
{
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int start;
    private int end;

    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = buffer.AsSpan(start, end - start);
            int length = rest.IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = rest[..length];
                start += length + 1;
                return true;
            }

            if (!Fill())
            {
                line = rest;
                start = end;
                return !line.IsEmpty;
            }
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Reads on behind the unfinished line, which moves to the front; false at the end.</summary>
    private bool Fill()
    {
        byte[] target = start == 0 && end == buffer.Length ? ArrayPool<byte>.Shared.Rent(2 * buffer.Length) : buffer;
        Buffer.BlockCopy(buffer, start, target, 0, end - start);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        end -= start;
        start = 0;
        int read = stream.Read(buffer, end, buffer.Length - end);
        end += read;
        return read > 0;
    }
}
