using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Values;

namespace Mapping.Pipeline.Messages;

/// <summary>
/// What a mapping makes of a message, which is not changed yet: later messages of the batch are to see it as it was.
/// </summary>
internal readonly struct MappingResult
{
    [ThreadStatic]
    private static BodyWriter? scratch;

    private readonly MappingOutcome outcome;
    private readonly ArraySegment<byte> body;
    private readonly Value metadata;
    private readonly MappingError? error;
    private readonly bool wasNull;

    private MappingResult(MappingOutcome outcome, ArraySegment<byte> body, Value metadata, MappingError? error, bool wasNull)
    {
        this.outcome = outcome;
        this.body = body;
        this.metadata = metadata;
        this.error = error;
        this.wasNull = wasNull;
    }

    /// <summary>
    /// Why it failed; null when it did not. A tombstone has no document to fail on: a mapping that only misses the document leaves it as
    /// it is.
    /// </summary>
    public string? Failure => error is null || (wasNull && error.Diagnostic.Code == DiagnosticCodes.UnreadableDocument) ? null : error.Text;

    /// <summary>Why it failed, whatever the message was.</summary>
    public string? Error => error?.Text;

    /// <summary>A new body was made.</summary>
    public bool HasBody => body.Array is not null;

    /// <param name="mapping">Null changes nothing.</param>
    /// <param name="batch">What the mapping sees.</param>
    /// <param name="index">The message it is for.</param>
    /// <param name="isMutation">The document itself is changed.</param>
    /// <param name="bodies">Where the body is kept; null for an array of its own.</param>
    /// <param name="run">A run of the mapping, where it maps many messages one after another.</param>
    public static MappingResult Of(CompiledMapping? mapping, Batch batch, int index, bool isMutation = false, BodyWriter? bodies = null, MappingRun? run = null)
    {
        Message message = batch[index];
        if (mapping is null)
        {
            return new MappingResult(MappingOutcome.Unchanged, default, message.MetadataObject, null, message.IsNull);
        }

        Value before = message.MetadataObject;
        BodyWriter output = bodies ?? (scratch ??= new BodyWriter());
        output.Begin();
        MappingError? error;
        MappingOutcome outcome = run is null
            ? mapping.Run(batch, index, output, out error, isMutation)
            : run.Map(batch, index, output, OutputForm.Message, isMutation, out error);
        Value after = message.MetadataObject;
        message.MetadataObject = before;
        return new MappingResult(outcome, Taken(outcome, output, isShared: bodies is not null), after, error, message.IsNull);
    }

    /// <summary>A mapping that reads a message of the batch and changes another one.</summary>
    public static MappingResult Onto(CompiledMapping mapping, Message target, Batch batch, int index)
    {
        Value before = target.MetadataObject;
        BodyWriter output = scratch ??= new BodyWriter();
        output.Begin();
        MappingOutcome outcome = mapping.RunOnto(batch, index, target, output, out MappingError? error);
        Value after = target.MetadataObject;
        target.MetadataObject = before;
        return new MappingResult(outcome, Taken(outcome, output, isShared: false), after, error, batch[index].IsNull);
    }

    /// <summary>Changes the message; false when it is to be removed.</summary>
    public bool ApplyTo(Message message)
    {
        if (outcome == MappingOutcome.Mapped)
        {
            message.SetBody(body.Array!, body.Offset, body.Count);
        }

        message.MetadataObject = metadata;
        return outcome != MappingOutcome.Deleted;
    }

    private static ArraySegment<byte> Taken(MappingOutcome outcome, BodyWriter output, bool isShared)
    {
        if (outcome == MappingOutcome.Mapped)
        {
            return isShared ? output.Take() : output.TakeApart();
        }

        output.Discard();
        return default;
    }
}
