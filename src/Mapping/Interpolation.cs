using System.Buffers;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping;

/// <summary>A compiled text with interpolations: immutable, safe for any number of threads at once.</summary>
public sealed class Interpolation
{
    private readonly InterpolationProgram program;
    private readonly BuiltinServices services;

    internal Interpolation(SourceText source, InterpolationProgram program, BuiltinServices services)
    {
        Source = source;
        this.program = program;
        this.services = services;
    }

    /// <summary>The text it was compiled from.</summary>
    public SourceText Source { get; }

    /// <summary>Resolves the text for one message of a batch.</summary>
    /// <param name="batch">The messages that the message functions see.</param>
    /// <param name="index">Which one the text is for.</param>
    /// <param name="output">Gets the text; nothing when an error is returned.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryResolve(IReadOnlyList<Message> batch, int index, IBufferWriter<byte> output, out MappingError? error)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, batch.Count);
        ArgumentNullException.ThrowIfNull(output);
        EvaluationContext context = ContextPool.Take();
        context.Begin(services, batch, index, isMutation: false);
        var text = new ArrayBufferWriter<byte>();
        EvaluationError? failure = program.Run(context, text);
        if (failure is null)
        {
            output.Write(text.WrittenSpan);
        }

        error = failure is null ? null : ErrorReport.Describe(failure, failure.Message, Source);
        ContextPool.Return(context);
        return failure is null;
    }
}
