using System.Buffers;
using Mapping.Functions;

namespace Mapping;

/// <summary>
/// A mapping over a stream of messages, used by one thread at a time: what an evaluation needs is made once and stays at hand, together with
/// the last message, as long as the run is kept.
/// </summary>
internal sealed class MappingRun(CompiledMapping mapping)
{
    private readonly EvaluationContext context = new();

    /// <summary>Maps one message, as <see cref="CompiledMapping.Run(IReadOnlyList{Message}, int, IBufferWriter{byte}, out MappingError?, bool)"/> does.</summary>
    public MappingOutcome Map(
        IReadOnlyList<Message> batch,
        int index,
        IBufferWriter<byte> output,
        OutputForm form,
        bool mutation,
        out MappingError? error) =>
        mapping.Run(context, batch, index, output, form, mutation, out error);

    /// <summary>Lets go of the last message; to be called before a pause.</summary>
    public void Rest() => context.Release();
}
