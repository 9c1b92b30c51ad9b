namespace Mapping.Cli.Input;

/// <summary>A document per line; empty lines are none, unless lines are plain text.</summary>
internal sealed class LineDocuments(Stream stream, Action beforeRead, bool keepEmpty) : IDocumentReader
{
    private readonly LineReader lines = new(stream, beforeRead);

    public long Line { get; private set; }

    public bool IsLines => true;

    public bool TryRead(out ArraySegment<byte> document)
    {
        while (lines.TryRead(out document))
        {
            Line++;
            if (keepEmpty || !LineBlock.IsEmpty(document))
            {
                return true;
            }
        }

        return false;
    }

    public bool TryTakeLines(int wanted, byte[] spare, out LineBlock block)
    {
        bool any = lines.TryTakeLines(wanted, spare, out ArraySegment<byte> bytes);
        block = new LineBlock(bytes, keepEmpty);
        return any;
    }

    public void Dispose() => lines.Dispose();
}
