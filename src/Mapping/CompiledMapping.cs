using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using Mapping.Execution;
using Mapping.Functions;
using Mapping.Text;
using Mapping.Values;

namespace Mapping;

/// <summary>A compiled mapping: immutable, safe for any number of threads at once.</summary>
public sealed partial class CompiledMapping
{
    private readonly MappingProgram program;
    private readonly BuiltinServices services;

    internal CompiledMapping(SourceText source, MappingProgram program, BuiltinServices services)
    {
        Source = source;
        this.program = program;
        this.services = services;
    }

    /// <summary>The text it was compiled from.</summary>
    public SourceText Source { get; }

    /// <summary>Whether it runs as generated code by now.</summary>
    internal bool IsCompiled => program.IsCompiled;

    /// <summary>Maps one JSON document, or any bytes if the mapping does not read <c>this</c>.</summary>
    /// <param name="document">The body; must not change while the call runs.</param>
    /// <param name="output">Gets the resulting body; the original bytes when the outcome is unchanged, nothing when it is deleted or failed.</param>
    /// <param name="error">Why it failed.</param>
    public MappingOutcome Run(ReadOnlyMemory<byte> document, IBufferWriter<byte> output, out MappingError? error)
    {
        ArgumentNullException.ThrowIfNull(output);
        EvaluationContext context = ContextPool.Take();
        MappingOutcome outcome = Run(context, context.Alone(document), 0, output, OutputForm.Message, mutation: false, out error);
        context.EndAlone();
        ContextPool.Return(context);
        return outcome;
    }

    /// <summary>Maps one message of a batch, which the message functions see as a whole. On success its metadata is replaced.</summary>
    /// <param name="batch">The message and its neighbours.</param>
    /// <param name="index">Which one is mapped.</param>
    /// <param name="output">Gets the resulting body; the original bytes when the outcome is unchanged, nothing when it is deleted or failed.</param>
    /// <param name="error">Why it failed.</param>
    /// <param name="mutation">The document itself is changed: <c>root</c> starts as the document, and <c>this</c> sees the changes.</param>
    public MappingOutcome Run(IReadOnlyList<Message> batch, int index, IBufferWriter<byte> output, out MappingError? error, bool mutation = false) =>
        Run(batch, index, output, OutputForm.Message, mutation, out error);

    internal MappingOutcome Run(
        IReadOnlyList<Message> batch,
        int index,
        IBufferWriter<byte> output,
        OutputForm form,
        bool mutation,
        out MappingError? error)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, batch is Message[] messages ? messages.Length : batch.Count);
        ArgumentNullException.ThrowIfNull(output);
        EvaluationContext context = ContextPool.Take();
        MappingOutcome outcome = Run(context, batch, index, output, form, mutation, out error);
        ContextPool.Return(context);
        return outcome;
    }

    /// <summary>As the other runs, in a context of the caller; see <see cref="MappingRun"/>.</summary>
    internal MappingOutcome Run(
        EvaluationContext context,
        IReadOnlyList<Message> batch,
        int index,
        IBufferWriter<byte> output,
        OutputForm form,
        bool mutation,
        out MappingError? error)
    {
        context.Begin(services, batch, index, mutation);
        EvaluationError? failure = program.Run(context, out int line);
        MappingOutcome outcome = MappingOutcome.Failed;
        error = failure is null ? Write(context, context.Current, output, form, out outcome) : Describe(failure, line);
        return outcome;
    }

    private MappingError? Write(EvaluationContext context, Message message, IBufferWriter<byte> output, OutputForm form, out MappingOutcome outcome)
    {
        Value root = context.Root;
        outcome = root.IsDeleted ? MappingOutcome.Deleted : root.IsNothing ? MappingOutcome.Unchanged : MappingOutcome.Mapped;
        switch (outcome)
        {
            case MappingOutcome.Unchanged when !form.KeepsBodies && !message.IsText && message.TryGetDocument(out Value original):
                context.Writer.TryWriteTo(output, original, form.Json);
                break;
            case MappingOutcome.Unchanged:
                output.Write(message.Body.Span);
                break;
            case MappingOutcome.Mapped when root.IsText && !(root.IsString ? form.QuoteText : form.QuoteBytes):
                output.Write(root.AsSpan());
                break;
            case MappingOutcome.Mapped when !context.Writer.TryWriteTo(output, root, form.Json):
                outcome = MappingOutcome.Failed;
                return DescribeNotFinite();
        }

        if (context.IsMetadataChanged && outcome != MappingOutcome.Deleted)
        {
            message.KeepMetadata(context.Metadata, context.MetadataHome is not null && ReferenceEquals(message, context.Current));
        }

        return null;
    }

    /// <summary>Only writing finds the number; the place told is the end of the mapping, where the result was complete.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private MappingError DescribeNotFinite()
    {
        var failure = new EvaluationError(ErrorKind.Failure, "the result holds NaN or an infinity, which JSON cannot express");
        int line = Source.PositionOf(Source.Content.TrimEnd().Length).Line;
        int start = Source.StartOf(line);
        failure.Locate(Source, new TextSpan(start, Source.LineText(line).TrimEnd().Length));
        return Describe(failure, line);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private MappingError Describe(EvaluationError failure, int line) =>
        ErrorReport.Describe(failure, string.Create(CultureInfo.InvariantCulture, $"failed assignment (line {line}): {failure.Message}"), Source);
}
