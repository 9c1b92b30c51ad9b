using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>try: [...]</c>: a message stops at the first step that fails and keeps its error.</summary>
internal sealed class TryProcessor(IProcessorChain[] steps) : IProcessor
{
    public static ComponentType Type { get; } = Component.Processor(
        "try",
        "Runs a list of processors for every message alone; one that fails skips the rest and keeps its error.",
        Fields.ProcessorsValue,
        static (plans, context) => new TryProcessor(Singly.Build(plans, context)));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        foreach (Message message in batch)
        {
            results.AddRange(await Singly.RunWhileAsync(steps, message, static m => m.Error is null, cancellation).ConfigureAwait(false));
        }

        return Batch.Of(results);
    }

    public ValueTask DisposeAsync() => Singly.DisposeAsync(steps);
}
