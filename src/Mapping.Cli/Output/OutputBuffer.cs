using System.Buffers;

namespace Mapping.Cli.Output;

/// <summary>Collects output and writes it in big blocks. A document can be taken back as long as it is not flushed.</summary>
internal sealed class OutputBuffer(Stream stream) : IBufferWriter<byte>
{
    private const int BlockSize = 64 * 1024;
    private const int KeptCapacity = 4 * 1024 * 1024;

    // The error number of a pipe whose reader has gone; the same on Linux and macOS.
    private const int BrokenPipe = 32;

    private byte[] buffer = new byte[2 * BlockSize];
    private int written;
    private int documentStart;

    /// <summary>Whether an error says that nobody reads the output any more.</summary>
    public static bool IsClosedPipe(Exception error) => error is IOException { HResult: BrokenPipe };

    public void Advance(int count) => written += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsMemory(written);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return buffer.AsSpan(written);
    }

    /// <summary>Ends the document with a line break.</summary>
    public void EndDocument()
    {
        Reserve(1);
        buffer[written++] = (byte)'\n';
        documentStart = written;
        if (written >= BlockSize)
        {
            Flush();
        }
    }

    /// <summary>Forgets what was written since the last document ended.</summary>
    public void TakeBack() => written = documentStart;

    public void Flush()
    {
        if (written == 0)
        {
            return;
        }

        try
        {
            stream.Write(buffer, 0, written);
            stream.Flush();
        }
        catch (IOException error) when (!IsClosedPipe(error))
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot write to standard output: {error.Message}");
        }

        written = documentStart = 0;
        if (buffer.Length > KeptCapacity)
        {
            buffer = new byte[2 * BlockSize];
        }
    }

    private void Reserve(int count)
    {
        int needed = Math.Max(count, 256);
        if (buffer.Length - written < needed)
        {
            Array.Resize(ref buffer, (int)Math.Min(Math.Max(buffer.Length * 2L, (long)written + needed), Array.MaxLength));
        }
    }
}
