using System.Buffers;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping;

/// <content>Mapping one message into another.</content>
public sealed partial class CompiledMapping
{
    /// <summary>
    /// Reads one message and changes another: <c>this</c> and the message functions are those of the batch, <c>root</c> begins as the
    /// document of the target, and metadata is assigned to the target.
    /// </summary>
    internal MappingOutcome RunOnto(IReadOnlyList<Message> batch, int index, Message target, IBufferWriter<byte> output, out MappingError? error)
    {
        EvaluationContext context = ContextPool.Take();
        context.Begin(services, batch, index, isMutation: false);
        context.Metadata = target.MetadataObject.IsObject ? target.MetadataObject : Value.FromObject(new ObjectNode { IsFrozen = true });
        if (target.TryGetDocument(out Value document))
        {
            context.Root = document;
        }

        EvaluationError? failure = program.Run(context, out int line);
        if (Value.AreSame(context.Root, document))
        {
            // Nothing was assigned: the body stays as it is, byte for byte.
            context.Root = Value.Nothing;
        }

        MappingOutcome outcome = MappingOutcome.Failed;
        error = failure is null ? Write(context, target, output, OutputForm.Message, out outcome) : Describe(failure, line);
        ContextPool.Return(context);
        return outcome;
    }
}
