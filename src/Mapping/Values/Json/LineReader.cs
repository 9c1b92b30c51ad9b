namespace Mapping.Values.Json;

/// <summary>
/// Splits a stream into lines of any length, in memory that grows with the longest line only. Empty lines are reported, too. A line ends with
/// LF or CRLF, neither of which belongs to it; the last one need not end at all.
/// </summary>
internal sealed class LineReader(Stream stream, int capacity = LineReader.UsualCapacity)
{
    private const int UsualCapacity = 64 * 1024;

    /// <summary>Kept free behind the text, so that a parser may read whole vectors up to the end of a line.</summary>
    private const int Slack = 64;

    private byte[] buffer = new byte[Math.Max(capacity, 256) + Slack];
    private int start;
    private int scanned;
    private int end;
    private bool ended;

    /// <summary>1-based number of the line last read; 0 before the first.</summary>
    public long LineNumber { get; private set; }

    /// <summary>The next line; it is valid until the next call.</summary>
    public bool TryRead(out byte[] owner, out int offset, out int length)
    {
        while (true)
        {
            int found = buffer.AsSpan(scanned, end - scanned).IndexOf((byte)'\n');
            owner = buffer;
            offset = start;
            if (found >= 0)
            {
                int lineFeed = scanned + found;
                length = WithoutReturn(lineFeed);
                start = scanned = lineFeed + 1;
                LineNumber++;
                return true;
            }

            scanned = end;
            if (ended)
            {
                length = WithoutReturn(end);
                bool any = end > start;
                start = end;
                LineNumber += any ? 1 : 0;
                return any;
            }

            Fill();
        }
    }

    private int WithoutReturn(int lineEnd) => lineEnd - start - (lineEnd > start && buffer[lineEnd - 1] == '\r' ? 1 : 0);

    private void Fill()
    {
        if (start > 0)
        {
            MakeRoomAtFront();
        }

        if (end == buffer.Length - Slack)
        {
            if (end > Array.MaxLength - Slack - 1)
            {
                throw new InvalidDataException($"line {LineNumber + 1} is longer than 2 GiB");
            }

            Array.Resize(ref buffer, (int)Math.Min((2L * end) + Slack, Array.MaxLength));
        }

        int read = stream.Read(buffer, end, buffer.Length - Slack - end);
        end += read;
        ended = read == 0;
    }

    private void MakeRoomAtFront()
    {
        int left = end - start;
        byte[] target = buffer;

        // One huge line must not cost its memory for ever.
        if (buffer.Length > 16 * (UsualCapacity + Slack) && left < UsualCapacity / 2)
        {
            target = new byte[UsualCapacity + Slack];
        }

        Buffer.BlockCopy(buffer, start, target, 0, left);
        buffer = target;
        scanned -= start;
        start = 0;
        end = left;
    }
}
