using System.Buffers;

namespace Mapping.Cli.Input;

/// <summary>Documents one after the other, or the elements of one array; only the current one is in memory.</summary>
internal sealed class ValueDocuments(Stream stream, Action beforeRead, bool isArray) : IDocumentReader
{
    private const int BufferSize = 128 * 1024;

    private byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int start;
    private int end;
    private bool isAtEnd;
    private long linesBefore = 1;
    private State state = isArray ? State.BeforeArray : State.BetweenValues;

    private enum State
    {
        BetweenValues,
        BeforeArray,
        BeforeFirst,
        BeforeNext,
        Done,
    }

    public long Line { get; private set; } = 1;

    public bool TryRead(out ArraySegment<byte> document)
    {
        document = default;
        if (state == State.BeforeArray)
        {
            Expect((byte)'[', "--stream array reads one JSON array, and the input does not begin with [");
            state = State.BeforeFirst;
        }

        if (!SkipBlanks())
        {
            return state is State.BetweenValues or State.Done ? false : throw Problem("the array is not closed");
        }

        switch (state)
        {
            case State.Done:
                throw Problem("there is text after the array");
            case State.BeforeFirst or State.BeforeNext when buffer[start] == ']':
                start++;
                state = State.Done;
                return TryRead(out document);
            case State.BeforeNext:
                Expect((byte)',', "expected , or ] between the elements of the array");
                if (!SkipBlanks())
                {
                    throw Problem("the array is not closed");
                }

                break;
        }

        state = state == State.BetweenValues ? state : State.BeforeNext;
        document = TakeValue();
        return true;
    }

    public void Dispose()
    {
        stream.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        start = end = 0;
        isAtEnd = true;
        state = State.Done;
    }

    private ArraySegment<byte> TakeValue()
    {
        Line = linesBefore;
        var boundary = default(ValueBoundary);
        int searched = start;
        while (true)
        {
            int found = boundary.Find(buffer.AsSpan(searched, end - searched));
            if (found >= 0 || isAtEnd)
            {
                // What cannot begin a value, such as a lone comma, is taken as one byte for the mapping to refuse.
                int stop = found < 0 ? end : Math.Max(searched + found, start + 1);
                var value = new ArraySegment<byte>(buffer, start, stop - start);
                linesBefore += value.AsSpan().Count((byte)'\n');
                start = stop;
                return value;
            }

            int length = end - start;
            Fill();
            searched = start + length;
        }
    }

    private void Expect(byte mark, string problem)
    {
        if (!SkipBlanks() || buffer[start] != mark)
        {
            throw Problem(problem);
        }

        start++;
    }

    /// <summary>False at the end of the input.</summary>
    private bool SkipBlanks()
    {
        while (true)
        {
            while (start < end && buffer[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                linesBefore += buffer[start++] == '\n' ? 1 : 0;
            }

            if (start < end)
            {
                return true;
            }

            if (isAtEnd)
            {
                return false;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (start > 0)
        {
            Buffer.BlockCopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }

        if (end == buffer.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, Array.MaxLength));
            Buffer.BlockCopy(buffer, 0, larger, 0, end);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        beforeRead();
        int read = stream.Read(buffer, end, buffer.Length - end);
        isAtEnd = read == 0;
        end += read;
    }

    private InvalidDataException Problem(string text) => new($"{text} (line {linesBefore})");
}
