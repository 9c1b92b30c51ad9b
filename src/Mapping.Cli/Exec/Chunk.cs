using System.Buffers;
using System.Runtime.InteropServices;
using Mapping.Cli.Input;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli.Exec;

/// <summary>Documents that are mapped together, with all that their mapping needs: filled by one thread, mapped by another.</summary>
internal sealed class Chunk(DocumentMapper mapper)
{
    private const int FullBytes = 256 * 1024;

    private readonly Message[] messages = [.. Enumerable.Range(0, mapper.Options.BatchSize).Select(_ => mapper.NewMessage())];
    private readonly ArrayBufferWriter<byte> bytes = new(FullBytes + (FullBytes / 4));
    private readonly List<(int Offset, int Length, long Line)> documents = [];
    private readonly OutputBuffer mapped = new(Stream.Null, keeps: true);
    private readonly List<int> ends = [];

    public int Count => documents.Count;

    public List<DocumentResult> Results { get; } = [];

    /// <summary>Takes the next documents, whole batches of them; false when there are none.</summary>
    public bool Fill(IDocumentReader reader)
    {
        bytes.ResetWrittenCount();
        documents.Clear();
        while ((bytes.WrittenCount < FullBytes || Count % messages.Length != 0) && reader.TryRead(out ArraySegment<byte> document))
        {
            documents.Add((bytes.WrittenCount, document.Count, reader.Line));
            bytes.Write(document.AsSpan());
        }

        return Count > 0;
    }

    public long Line(int index) => documents[index].Line;

    /// <summary>What the documents from one to before another gave.</summary>
    public ReadOnlySpan<byte> Output(int first, int next) => first == next ? default : mapped.Written[(first == 0 ? 0 : ends[first - 1])..ends[next - 1]];

    public Chunk Map()
    {
        mapped.Clear();
        ends.Clear();
        Results.Clear();
        MemoryMarshal.TryGetArray(bytes.WrittenMemory, out ArraySegment<byte> all);
        for (int first = 0; first < documents.Count; first += messages.Length)
        {
            int size = Math.Min(messages.Length, documents.Count - first);
            IReadOnlyList<Message> batch = size == messages.Length ? messages : messages[..size];
            for (int i = 0; i < size; i++)
            {
                mapper.Fill(messages[i], all.Slice(documents[first + i].Offset, documents[first + i].Length));
            }

            for (int i = 0; i < size; i++)
            {
                Results.Add(mapper.Map(batch, i, mapped));
                ends.Add(mapped.Written.Length);
            }
        }

        return this;
    }
}
