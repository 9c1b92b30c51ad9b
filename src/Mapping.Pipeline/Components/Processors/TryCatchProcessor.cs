using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Steps">Guarded.</param>
/// <param name="Recovery">For messages that failed in them.</param>
/// <param name="ErrorMetadata">Gets the error before the recovery.</param>
internal sealed record TryCatchOptions(IReadOnlyList<ComponentPlan<IProcessor>> Steps, IReadOnlyList<ComponentPlan<IProcessor>> Recovery, string ErrorMetadata);

/// <summary><c>try_catch</c>: steps, and what to do with messages that fail in them.</summary>
internal sealed class TryCatchProcessor(TryCatchOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Steps = Fields.Processors("processors", "Run until one fails.").Default("[]");
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Recovery = Fields.Processors("catch", "Run for messages that failed; an error of theirs stays.").Default("[]");
    private static readonly Field<string> ErrorMetadata =
        Fields.Text("error_metadata", "The metadata that holds the error for the recovery, as an object of what, name, label and path.").Default("error").Advanced();

    private readonly IProcessorChain[] steps = Singly.Build(options.Steps, context);
    private readonly IProcessorChain recovery = context.Build(options.Recovery);

    public static ComponentType Type { get; } = Component.Processor(
        "try_catch",
        "Runs processors for every message alone, and others for those that failed; these count as fine when they begin.",
        new Shape<TryCatchOptions>([Steps, Recovery, ErrorMetadata], read => new TryCatchOptions(read.Get(Steps), read.Get(Recovery), read.Get(ErrorMetadata))),
        static (options, context) => new TryCatchProcessor(options, context));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        foreach (Message message in batch)
        {
            foreach (Message one in await Singly.RunWhileAsync(steps, message, static m => m.Error is null, cancellation).ConfigureAwait(false))
            {
                if (one.Error is not { } error)
                {
                    results.Add(one);
                    continue;
                }

                MoveError(one, error);
                Singly.Add(await recovery.RunAsync(new Batch(one), cancellation).ConfigureAwait(false), results);
            }
        }

        return Batch.Of(results);
    }

    public async ValueTask DisposeAsync()
    {
        await Singly.DisposeAsync(steps).ConfigureAwait(false);
        await recovery.DisposeAsync().ConfigureAwait(false);
    }

    private void MoveError(Message message, MessageError error)
    {
        message.Error = null;
        var told = new ObjectNode();
        foreach ((string name, string? value) in new[] { ("what", error.Text), ("name", error.SourceName), ("label", error.SourceLabel), ("path", error.SourcePath) })
        {
            told.AddNew(Value.FromString(name), Value.FromString(value ?? string.Empty));
        }

        MetadataValues.Set(message, options.ErrorMetadata, Value.FromObject(told));
    }
}
