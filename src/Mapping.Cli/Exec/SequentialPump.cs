using Mapping.Cli.Input;
using Mapping.Cli.Output;
using Mapping.Functions;

namespace Mapping.Cli.Exec;

/// <summary>
/// Maps the documents of a stream one batch at a time. Messages and buffers are used again and again, so that memory does
/// not grow with the input.
/// </summary>
internal sealed class SequentialPump(DocumentMapper mapper, OutputBuffer output, RunSummary summary)
{
    private readonly Message[] messages = [.. Enumerable.Range(0, mapper.Options.BatchSize).Select(_ => mapper.NewMessage())];
    private readonly MappingRun run = mapper.NewRun();
    private readonly long[] lines = new long[mapper.Options.BatchSize];

    /// <summary>Maps all documents of a source; false when a failure ends the run.</summary>
    public bool Run(IDocumentReader reader, string name)
    {
        long document = 0;
        while (true)
        {
            int count = FillBatch(reader);
            IReadOnlyList<Message> batch = count == messages.Length ? messages : messages[..count];
            for (int i = 0; i < count; i++)
            {
                document++;
                summary.Add(mapper.Map(run, batch, i, output), name, document, lines[i]);
                if (summary.IsStopped)
                {
                    return false;
                }
            }

            if (count < messages.Length)
            {
                return true;
            }
        }
    }

    private int FillBatch(IDocumentReader reader)
    {
        int count = 0;
        while (count < messages.Length && reader.TryRead(out ArraySegment<byte> document))
        {
            // A document lives until the next one is read; only a batch of one can do without a copy.
            mapper.Fill(messages[count], messages.Length == 1 ? document : document.ToArray());
            lines[count++] = reader.Line;
        }

        return count;
    }
}
