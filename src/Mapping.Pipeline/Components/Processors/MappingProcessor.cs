using System.Buffers;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>
/// <c>mapping</c>, <c>mutation</c>, <c>bloblang</c>: every message through a mapping, which sees the whole batch as it was before.
/// </summary>
internal sealed class MappingProcessor(CompiledMapping? mapping, bool isMutation, IComponentContext context) : IProcessor
{
    private const int LargestKeptBuffer = 1024 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    private readonly ICounter filtered = context.Metrics.Counter("messages_dropped", ("reason", "mapping"));

    public static ComponentType Type { get; } =
        Component.Processor("mapping", "Makes a new document of every message; root = deleted() removes it.", Fields.ScriptValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: false, context));

    public static ComponentType MutationType { get; } =
        Component.Processor("mutation", "Changes the document of every message: root begins as the document.", Fields.ScriptValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: true, context));

    public static ComponentType OlderType { get; } =
        Component.Processor("bloblang", "The older name of mapping.", Fields.MappingValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: false, context));

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        if (mapping is null)
        {
            return ValueTask.FromResult<Batches>(batch);
        }

        if (batch.Count == 1)
        {
            Result alone = Map(batch, 0);
            return ValueTask.FromResult(Apply(alone, batch[0]) ? batch : Removed(1));
        }

        var results = new Result[batch.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Map(batch, i);
        }

        // Only now: later messages were to see the earlier ones unchanged.
        var kept = new List<Message>(results.Length);
        for (int i = 0; i < results.Length; i++)
        {
            if (Apply(results[i], batch[i]))
            {
                kept.Add(batch[i]);
            }
        }

        filtered.Add(results.Length - kept.Count);
        return ValueTask.FromResult<Batches>(kept.Count == batch.Count ? batch : Batch.Of(kept));
    }

    private Batches Removed(int count)
    {
        filtered.Add(count);
        return Batches.None;
    }

    private Result Map(Batch batch, int index)
    {
        Message message = batch[index];
        Value before = message.MetadataObject;
        ArrayBufferWriter<byte> output = buffer ??= new ArrayBufferWriter<byte>(4096);
        MappingOutcome outcome = mapping!.Run(batch, index, output, out MappingError? error, isMutation);
        Value after = message.MetadataObject;
        message.MetadataObject = before;
        byte[]? body = outcome == MappingOutcome.Mapped ? output.WrittenSpan.ToArray() : null;
        output.ResetWrittenCount();
        if (output.Capacity > LargestKeptBuffer)
        {
            buffer = null;
        }

        return new Result(outcome, body, after, error);
    }

    /// <summary>False when the message is removed.</summary>
    private static bool Apply(Result result, Message message)
    {
        // A tombstone has no document to fail on: it goes on as it is.
        if (result.Error is { } error && !(message.IsNull && error.Diagnostic.Code == DiagnosticCodes.UnreadableDocument))
        {
            message.Error = new MessageError(error.Text);
        }

        if (result.Outcome == MappingOutcome.Mapped)
        {
            message.Body = result.Body;
        }

        message.MetadataObject = result.Metadata;
        return result.Outcome != MappingOutcome.Deleted;
    }

    private readonly record struct Result(MappingOutcome Outcome, byte[]? Body, Value Metadata, MappingError? Error);
}
