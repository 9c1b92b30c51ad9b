namespace Mapping.Cli.Input;

/// <summary>Whole lines in one piece of memory.</summary>
/// <param name="Bytes">The lines; the last one may lack its end.</param>
/// <param name="KeepsEmpty">Whether lines of white space are documents, too.</param>
internal readonly record struct LineBlock(ArraySegment<byte> Bytes, bool KeepsEmpty)
{
    /// <summary>Adds the place of each document in the memory and its line, counted from 1.</summary>
    /// <returns>How many lines there are.</returns>
    public int Split(List<(int Offset, int Length, long Line)> documents)
    {
        int lines = 0;
        byte[] memory = Bytes.Array!;
        int end = Bytes.Offset + Bytes.Count;
        for (int start = Bytes.Offset; start < end;)
        {
            int found = memory.AsSpan(start, end - start).IndexOf((byte)'\n');
            int length = found < 0 ? end - start : found;
            int next = start + length + 1;
            length -= found > 0 && memory[start + length - 1] == '\r' ? 1 : 0;
            lines++;
            if (KeepsEmpty || !IsEmpty(memory.AsSpan(start, length)))
            {
                documents.Add((start, length, lines));
            }

            start = next;
        }

        return lines;
    }

    /// <summary>Whether a line holds no document.</summary>
    public static bool IsEmpty(ReadOnlySpan<byte> line) => line.Trim(" \t\r"u8).IsEmpty;
}
