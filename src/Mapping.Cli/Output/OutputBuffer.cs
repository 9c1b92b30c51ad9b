using System.Buffers;
using System.Text;

namespace Mapping.Cli.Output;

/// <summary>Collects output and writes it in big blocks. A document can be taken back as long as it is not ended.</summary>
/// <param name="stream">Where the blocks go.</param>
/// <param name="keeps">Nothing is written; whoever owns the buffer reads it.</param>
internal sealed class OutputBuffer(Stream stream, bool keeps = false) : IBufferWriter<byte>
{
    private const int BlockSize = 64 * 1024;
    private const int KeptCapacity = 4 * 1024 * 1024;
    private const int LongestJudged = 16;

    // The error number of a pipe whose reader has gone; the same on Linux and macOS.
    private const int BrokenPipe = 32;

    private byte[] buffer = new byte[2 * BlockSize];
    private int written;
    private int documentStart;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, written);

    /// <summary>Bytes of the document that is not ended yet.</summary>
    public int DocumentLength => written - documentStart;

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

    /// <summary>The document so far as text, empty when it is too long to be a single word.</summary>
    public string Document(int from)
    {
        ReadOnlySpan<byte> document = buffer.AsSpan(documentStart + from, written - documentStart - from);
        return document.Length <= LongestJudged ? Encoding.UTF8.GetString(document) : string.Empty;
    }

    /// <summary>Ends the document with a line break.</summary>
    public void EndDocument()
    {
        Reserve(1);
        buffer[written++] = (byte)'\n';
        EndPart();
    }

    /// <summary>Writes whole documents, which bring their line breaks with them.</summary>
    public void WritePart(ReadOnlySpan<byte> documents)
    {
        if (documents.Length < BlockSize || keeps)
        {
            this.Write(documents);
            EndPart();
            return;
        }

        Flush();
        Send(documents);
    }

    /// <summary>Forgets everything, for the next use of a buffer that keeps.</summary>
    public void Clear() => written = documentStart = 0;

    private void EndPart()
    {
        documentStart = written;
        if (written >= BlockSize && !keeps)
        {
            Flush();
        }
    }

    /// <summary>Forgets what was written since the last document ended.</summary>
    public void TakeBack() => written = documentStart;

    public void Flush()
    {
        if (written == 0 || keeps)
        {
            return;
        }

        Send(Written);
        written = documentStart = 0;
        if (buffer.Length > KeptCapacity)
        {
            buffer = new byte[2 * BlockSize];
        }
    }

    private void Send(ReadOnlySpan<byte> block)
    {
        try
        {
            stream.Write(block);
            stream.Flush();
        }
        catch (IOException error) when (!IsClosedPipe(error))
        {
            throw new Problem(ExitCodes.Unreadable, $"cannot write the output: {error.Message}");
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
