using Mapping.Cli.Input;
using Mapping.Cli.Output;

namespace Mapping.Cli.Exec;

/// <summary>
/// Maps chunks of documents on several threads while others are read and written. Chunks are written in the order they were
/// read, and only a few are under way at once and used again and again, so that memory stays flat.
/// </summary>
internal sealed class ParallelPump(DocumentMapper mapper, OutputBuffer output, RunSummary summary)
{
    private const int ChunksPerThread = 2;

    private readonly Queue<Task<Chunk>> underWay = new();
    private readonly Stack<Chunk> idle = new();
    private long written;
    private long lines;

    public bool Run(IDocumentReader reader, string name)
    {
        written = lines = 0;
        int most = mapper.Options.Threads * ChunksPerThread;
        while (true)
        {
            Chunk chunk = idle.TryPop(out Chunk? used) ? used : NewChunk(reader);
            if (!TryFill(chunk, reader, name))
            {
                idle.Push(chunk);
                break;
            }

            underWay.Enqueue(Task.Run(chunk.Map));
            if (underWay.Count >= most && !WriteOldest(name))
            {
                return Abandon();
            }
        }

        return WriteAll(name) && !summary.IsStopped;
    }

    /// <summary>All chunks of a run are of one kind: every source is read in the same form.</summary>
    private Chunk NewChunk(IDocumentReader reader) => reader.IsLines && mapper.Options.BatchSize == 1 ? new LineChunk(mapper) : new DocumentChunk(mapper);

    private bool TryFill(Chunk chunk, IDocumentReader reader, string name)
    {
        try
        {
            return chunk.Fill(reader);
        }
        catch (Problem)
        {
            // What came before the input broke is not lost; if a document fails there, that is what ends the run.
            if (chunk.IsPartlyFilled)
            {
                underWay.Enqueue(Task.Run(chunk.Map));
            }

            if (WriteAll(name))
            {
                throw;
            }

            return false;
        }
    }

    private bool WriteAll(string name)
    {
        while (underWay.Count > 0)
        {
            if (!WriteOldest(name))
            {
                return Abandon();
            }
        }

        return true;
    }

    /// <summary>Writes what stands between two failures at once; a failure is told where it happened.</summary>
    private bool WriteOldest(string name)
    {
        Chunk chunk = underWay.Dequeue().GetAwaiter().GetResult();
        int first = 0;
        for (int i = 0; i < chunk.Count; i++)
        {
            DocumentResult result = chunk.Results[i];
            if (result.Error is not null)
            {
                output.WritePart(chunk.Output(first, i + 1));
                first = i + 1;
            }

            summary.Add(result, name, ++written, lines + chunk.Line(i));
            if (summary.IsStopped)
            {
                return false;
            }
        }

        output.WritePart(chunk.Output(first, chunk.Count));
        lines += chunk.UncountedLines;
        idle.Push(chunk);
        return true;
    }

    /// <summary>The chunks still under way are waited for, so that nothing runs on behind the command.</summary>
    private bool Abandon()
    {
        Task.WaitAll([.. underWay]);
        underWay.Clear();
        return false;
    }
}
