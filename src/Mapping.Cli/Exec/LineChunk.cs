using System.Buffers;
using Mapping.Cli.Input;

namespace Mapping.Cli.Exec;

/// <summary>Lines as they were read, in the very memory they were read into; the thread that maps them finds their ends.</summary>
internal sealed class LineChunk(DocumentMapper mapper) : Chunk(mapper)
{
    private byte[] memory = ArrayPool<byte>.Shared.Rent(2 * FullBytes);
    private LineBlock lines;

    public override bool Fill(IDocumentReader reader)
    {
        if (!reader.TryTakeLines(FullBytes, memory, out lines))
        {
            return false;
        }

        memory = lines.Bytes.Array!;
        return true;
    }

    protected override byte[] Separate()
    {
        Documents.Clear();
        UncountedLines = lines.Split(Documents);
        return memory;
    }
}
