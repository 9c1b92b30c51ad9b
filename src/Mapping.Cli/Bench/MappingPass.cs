using Mapping.Functions;
using Mapping.Values.Json;

namespace Mapping.Cli.Bench;

/// <summary>Maps every document as a worker of <c>exec</c> does: one message and one output buffer, used again and again.</summary>
internal sealed class MappingPass(CompiledMapping mapping, DocumentSet documents, OutputForm form) : IPass
{
    private readonly MappingRun run = new(mapping);
    private readonly Message[] batch = [new Message()];
    private readonly Utf8Buffer output = new();

    public void Run()
    {
        for (int i = 0; i < documents.Count; i++)
        {
            Map(i);
        }
    }

    /// <summary>Maps one document; the result lives until the next one is mapped.</summary>
    public ReadOnlySpan<byte> Map(int index, out MappingOutcome outcome)
    {
        outcome = Map(index);
        return output.WrittenSpan;
    }

    private MappingOutcome Map(int index)
    {
        ArraySegment<byte> document = documents[index];
        Message message = batch[0];
        message.Recycle(document.Array!, document.Offset, document.Count);
        output.Clear();
        return run.Map(batch, 0, output, form, mutation: false, out _);
    }
}
