namespace Mapping.Cli.Input;

/// <summary>A document per line; empty lines are none, unless lines are plain text.</summary>
internal sealed class LineDocuments(Stream stream, Action beforeRead, bool keepEmpty) : IDocumentReader
{
    private readonly LineReader lines = new(stream, beforeRead);

    public long Line { get; private set; }

    public bool TryRead(out ArraySegment<byte> document)
    {
        while (lines.TryRead(out document))
        {
            Line++;
            if (keepEmpty || !document.AsSpan().Trim(" \t\r"u8).IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => lines.Dispose();
}
