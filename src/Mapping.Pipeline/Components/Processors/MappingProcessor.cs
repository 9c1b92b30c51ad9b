using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>
/// <c>mapping</c>, <c>mutation</c>, <c>bloblang</c>: every message through a mapping, which sees the whole batch as it was before.
/// </summary>
internal sealed class MappingProcessor(CompiledMapping? mapping, bool isMutation, IComponentContext context) : IProcessor
{
    private readonly ICounter filtered = context.Metrics.Counter("messages_dropped", ("reason", "mapping"));

    /// <summary>Of the last batch, for the next one, whichever worker has it.</summary>
    private MappingRun? idle;

    public static ComponentType Type { get; } =
        Component.Processor("mapping", "Makes a new document of every message; root = deleted() removes it.", Fields.ScriptValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: false, context));

    public static ComponentType MutationType { get; } =
        Component.Processor("mutation", "Changes the document of every message: root begins as the document.", Fields.ScriptValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: true, context));

    public static ComponentType OlderType { get; } =
        Component.Processor("bloblang", "The older name of mapping.", Fields.MappingValue, static (mapping, context) => new MappingProcessor(mapping, isMutation: false, context));

    public bool TakesLoose => true;

    public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        if (mapping is null)
        {
            return ValueTask.FromResult<Batches>(batch);
        }

        if (batch.IsLoose)
        {
            return ValueTask.FromResult(MapEach(mapping, batch));
        }

        if (batch.Count == 1)
        {
            return ValueTask.FromResult(Apply(Map(mapping, batch, 0), batch[0]) ? batch : Removed());
        }

        var results = new MappingResult[batch.Count];
        for (int i = 0; i < results.Length; i++)
        {
            results[i] = Map(mapping, batch, i);
        }

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

    /// <summary>Every message is the only one of its batch.</summary>
    private Batches MapEach(CompiledMapping mapping, Batch batch)
    {
        var one = new Message[1];
        var alone = new Batch(one);
        var bodies = new BodyWriter();
        MappingRun run = Interlocked.Exchange(ref idle, null) ?? new MappingRun(mapping);
        List<Message>? kept = null;
        for (int i = 0; i < batch.Count; i++)
        {
            one[0] = batch[i];
            bool isKept = Apply(Map(mapping, alone, 0, bodies, run), batch[i]);
            if (!isKept)
            {
                kept ??= [.. batch.Take(i)];
            }
            else
            {
                kept?.Add(batch[i]);
            }
        }

        run.Rest();
        Volatile.Write(ref idle, run);
        filtered.Add(kept is null ? 0 : batch.Count - kept.Count);
        return kept is null ? batch : batch.With(kept);
    }

    /// <summary>No mapping should throw; one that does is the failure of this message alone, which stays as it was.</summary>
    private MappingResult Map(CompiledMapping mapping, Batch batch, int index, BodyWriter? bodies = null, MappingRun? run = null)
    {
        try
        {
            return MappingResult.Of(mapping, batch, index, isMutation, bodies, run);
        }
#pragma warning disable CA1031 // Whatever it throws must not reach the messages beside it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            batch[index].Error = new MessageError(Rejection.Text(error)) { Cause = FailureKinds.Of(error) };
            return MappingResult.Of(null, batch, index);
        }
    }

    private Batches Removed()
    {
        filtered.Add();
        return Batches.None;
    }

    /// <summary>False when the message is removed.</summary>
    private static bool Apply(MappingResult result, Message message)
    {
        if (result.Failure is { } failure)
        {
            message.Error = new MessageError(failure) { Cause = FailureKind.Permanent };
        }

        return result.ApplyTo(message);
    }
}
