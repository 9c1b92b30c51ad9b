using Mapping.Functions;
using Mapping.Values;

namespace Mapping;

/// <content>Mappings whose result the host takes as a value.</content>
public sealed partial class CompiledMapping
{
    /// <summary>The root as a value that owns its memory: nothing when none was assigned, null with the error when the mapping failed. Metadata stays.</summary>
    internal Value Evaluate(IReadOnlyList<Message> batch, int index, out MappingError? error)
    {
        EvaluationContext context = ContextPool.Take();
        context.Begin(services, batch, index, isMutation: false);
        EvaluationError? failure = program.Run(context, out int line);
        error = failure is null ? null : Describe(failure, line);
        Value root = failure is not null ? Value.Null : context.Root.IsSentinel ? context.Root : context.Root.Detach();
        ContextPool.Return(context);
        return root;
    }
}
