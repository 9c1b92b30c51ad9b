using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary><c>for_each: [...]</c>: the list for every message alone, one after another.</summary>
internal sealed class ForEachProcessor(IProcessorChain steps) : IProcessor
{
    public static ComponentType Type { get; } = Component.Processor(
        "for_each",
        "Runs a list of processors for every message as a batch of its own, and joins what they make.",
        Fields.ProcessorsValue,
        static (steps, context) => new ForEachProcessor(context.Build(steps)));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        foreach (Message message in batch)
        {
            Singly.Add(await steps.RunAsync(new Batch(message), cancellation).ConfigureAwait(false), results);
        }

        return Batch.Of(results);
    }

    public ValueTask DisposeAsync() => steps.DisposeAsync();
}
