using System.Buffers;
using System.Runtime.InteropServices;
using Mapping.Cli.Input;

namespace Mapping.Cli.Exec;

/// <summary>Copies of documents that are no lines, or of whole batches of lines.</summary>
internal sealed class DocumentChunk(DocumentMapper mapper) : Chunk(mapper)
{
    private readonly int batchSize = mapper.Options.BatchSize;
    private readonly ArrayBufferWriter<byte> bytes = new(FullBytes + (FullBytes / 4));

    public override bool IsPartlyFilled => Count > 0;

    public override bool Fill(IDocumentReader reader)
    {
        bytes.ResetWrittenCount();
        Documents.Clear();
        while ((bytes.WrittenCount < FullBytes || Count % batchSize != 0) && reader.TryRead(out ArraySegment<byte> document))
        {
            Documents.Add((bytes.WrittenCount, document.Count, reader.Line));
            bytes.Write(document.AsSpan());
        }

        return Count > 0;
    }

    protected override byte[] Separate() => MemoryMarshal.TryGetArray(bytes.WrittenMemory, out ArraySegment<byte> all) ? all.Array! : [];
}
