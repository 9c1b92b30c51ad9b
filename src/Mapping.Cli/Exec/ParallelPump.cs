using System.Buffers;
using System.Runtime.InteropServices;
using Mapping.Cli.Input;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli.Exec;

/// <summary>
/// Maps chunks of documents on several threads while others are read and written. Chunks are written in the order they were
/// read, and only a few are under way at once, so that memory stays flat.
/// </summary>
internal sealed class ParallelPump(DocumentMapper mapper, OutputBuffer output, RunSummary summary)
{
    private const int ChunkBytes = 256 * 1024;
    private const int ChunksPerThread = 2;

    private readonly Queue<Task<Chunk>> underWay = new();
    private long written;

    public bool Run(IDocumentReader reader, string name)
    {
        written = 0;
        int most = mapper.Options.Threads * ChunksPerThread;
        while (ReadChunk(reader) is { } chunk)
        {
            if (underWay.Count >= most && !WriteOldest(name))
            {
                return Abandon();
            }

            underWay.Enqueue(Task.Run(() => chunk.Map(mapper)));
        }

        while (underWay.Count > 0)
        {
            if (!WriteOldest(name))
            {
                return Abandon();
            }
        }

        return true;
    }

    private Chunk? ReadChunk(IDocumentReader reader)
    {
        var chunk = new Chunk();
        while ((chunk.Bytes < ChunkBytes || chunk.Count % mapper.Options.BatchSize != 0) && reader.TryRead(out ArraySegment<byte> document))
        {
            chunk.Add(document, reader.Line);
        }

        return chunk.Count == 0 ? null : chunk;
    }

    private bool WriteOldest(string name)
    {
        Chunk chunk = underWay.Dequeue().GetAwaiter().GetResult();
        for (int i = 0; i < chunk.Count; i++)
        {
            DocumentResult result = chunk.Results[i];
            output.Write(chunk.Output(i));
            output.EndPart();
            summary.Add(result, name, ++written, chunk.Line(i));
            if (summary.IsStopped)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The chunks still under way are waited for, so that nothing runs on behind the command.</summary>
    private bool Abandon()
    {
        Task.WaitAll([.. underWay]);
        underWay.Clear();
        return false;
    }

    /// <summary>Documents that are mapped together.</summary>
    private sealed class Chunk
    {
        private readonly ArrayBufferWriter<byte> bytes = new();
        private readonly List<(int Offset, int Length, long Line)> documents = [];
        private readonly OutputBuffer mapped = new(Stream.Null, keeps: true);
        private readonly List<int> ends = [];

        public int Count => documents.Count;

        public int Bytes => bytes.WrittenCount;

        public List<DocumentResult> Results { get; } = [];

        public void Add(ArraySegment<byte> document, long line)
        {
            documents.Add((bytes.WrittenCount, document.Count, line));
            bytes.Write(document.AsSpan());
        }

        public long Line(int index) => documents[index].Line;

        public ReadOnlySpan<byte> Output(int index) => mapped.Written[(index == 0 ? 0 : ends[index - 1])..ends[index]];

        public Chunk Map(DocumentMapper mapper)
        {
            MemoryMarshal.TryGetArray(bytes.WrittenMemory, out ArraySegment<byte> all);
            int size = mapper.Options.BatchSize;
            for (int first = 0; first < documents.Count; first += size)
            {
                var batch = new Message[Math.Min(size, documents.Count - first)];
                for (int i = 0; i < batch.Length; i++)
                {
                    batch[i] = mapper.NewMessage();
                    mapper.Fill(batch[i], all.Slice(documents[first + i].Offset, documents[first + i].Length));
                }

                for (int i = 0; i < batch.Length; i++)
                {
                    Results.Add(mapper.Map(batch, i, mapped));
                    ends.Add(mapped.Written.Length);
                }
            }

            return this;
        }
    }
}
