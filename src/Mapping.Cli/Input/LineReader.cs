using System.Buffers;
using System.Runtime.ExceptionServices;

namespace Mapping.Cli.Input;

/// <summary>
/// Splits a stream into lines without copying them: each is a slice of one buffer, which grows with the longest line. A
/// line is valid until the next one is read. Line ends are LF or CRLF, and the last line needs none.
/// </summary>
/// <param name="stream">The text; disposed with the reader.</param>
/// <param name="beforeRead">Called before the reader may have to wait for the stream.</param>
internal sealed class LineReader(Stream stream, Action? beforeRead = null, int bufferSize = LineReader.DefaultBufferSize) : IDisposable
{
    private const int DefaultBufferSize = 128 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(bufferSize);
    private int start;
    private int searched;
    private int end;
    private bool isAtEnd;

    /// <summary>Why the stream broke off behind the lines that were taken last.</summary>
    private ExceptionDispatchInfo? fault;

    public bool TryRead(out ArraySegment<byte> line)
    {
        while (true)
        {
            int found = buffer.AsSpan(searched, end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Take(searched + found, next: searched + found + 1);
                return true;
            }

            searched = end;
            if (isAtEnd)
            {
                bool any = end > start;
                line = any ? Take(end, next: end) : default;
                return any;
            }

            Fill();
        }
    }

    /// <summary>
    /// Takes whole lines, at least so many bytes of them if there are, with the memory they are in. The reader goes on in the spare
    /// memory. Where the stream breaks off, the lines before come first.
    /// </summary>
    /// <param name="wanted">The least number of bytes, unless the text ends.</param>
    /// <param name="spare">Rented from the shared pool; belongs to the reader from now on, unless there is nothing more.</param>
    /// <param name="lines">Rented too, and belongs to the caller.</param>
    public bool TryTakeLines(int wanted, byte[] spare, out ArraySegment<byte> lines)
    {
        fault?.Throw();
        int whole = 0;
        while (true)
        {
            int last = buffer.AsSpan(searched, end - searched).LastIndexOf((byte)'\n');
            whole = last < 0 ? whole : searched + last + 1 - start;
            searched = end;
            if (whole >= wanted || isAtEnd)
            {
                break;
            }

            try
            {
                Fill();
            }
#pragma warning disable CA1031 // Thrown again by the next call.
            catch (Exception e) when (whole > 0)
#pragma warning restore CA1031
            {
                fault = ExceptionDispatchInfo.Capture(e);
                break;
            }
        }

        whole = isAtEnd ? end - start : whole;
        lines = new ArraySegment<byte>(buffer, start, whole);
        if (whole == 0)
        {
            return false;
        }

        GoOnIn(spare, from: start + whole);
        return true;
    }

    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = searched = end = 0;
        isAtEnd = true;
    }

    /// <summary>Leaves the memory to the lines in it, and takes the unfinished one behind them along.</summary>
    private void GoOnIn(byte[] spare, int from)
    {
        int rest = end - from;
        if (spare.Length <= rest)
        {
            ArrayPool<byte>.Shared.Return(spare);
            spare = ArrayPool<byte>.Shared.Rent(2 * rest);
        }

        Buffer.BlockCopy(buffer, from, spare, 0, rest);
        buffer = spare;
        start = 0;
        searched = end = rest;
    }

    private ArraySegment<byte> Take(int lineEnd, int next)
    {
        int length = lineEnd - start;
        if (length > 0 && next > lineEnd && buffer[lineEnd - 1] == '\r')
        {
            length--;
        }

        var line = new ArraySegment<byte>(buffer, start, length);
        start = searched = next;
        return line;
    }

    private void Fill()
    {
        if (start == end)
        {
            start = searched = end = 0;
        }
        else if (end == buffer.Length)
        {
            MakeRoom();
        }

        beforeRead?.Invoke();
        int read = stream.Read(buffer, end, buffer.Length - end);
        isAtEnd = read == 0;
        end += read;
    }

    /// <summary>Moves the unfinished line to the front; grows when it fills half of the buffer, so that the moves stay cheap.</summary>
    private void MakeRoom()
    {
        byte[] target = buffer;
        if (end - start > buffer.Length / 2)
        {
            if (buffer.Length == Array.MaxLength)
            {
                throw new InvalidDataException($"a line is longer than {Array.MaxLength} bytes");
            }

            target = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, Array.MaxLength));
        }

        Buffer.BlockCopy(buffer, start, target, 0, end - start);
        if (target != buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = target;
        }

        end -= start;
        searched -= start;
        start = 0;
    }
}
