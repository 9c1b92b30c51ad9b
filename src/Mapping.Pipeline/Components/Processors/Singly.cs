using Mapping.Functions;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <summary>Runs processors on messages taken out of their batch.</summary>
internal static class Singly
{
    /// <summary>Runs each step on every message that is fit for it; what a step makes of one is judged anew before the next.</summary>
    public static async ValueTask<List<Message>> RunWhileAsync(IReadOnlyList<IProcessorChain> steps, Message message, Predicate<Message> isFit, CancellationToken cancellation)
    {
        List<Message> current = [message];
        foreach (IProcessorChain step in steps)
        {
            var next = new List<Message>();
            foreach (Message one in current)
            {
                if (isFit(one))
                {
                    Add(await step.RunAsync(new Batch(one), cancellation).ConfigureAwait(false), next);
                }
                else
                {
                    next.Add(one);
                }
            }

            current = next;
        }

        return current;
    }

    public static void Add(Batches made, List<Message> results)
    {
        for (int i = 0; i < made.Count; i++)
        {
            results.AddRange(made[i]);
        }
    }

    /// <summary>Every processor as a chain of its own, so that messages can be looked at in between.</summary>
    public static IProcessorChain[] Build(IReadOnlyList<ComponentPlan<IProcessor>> plans, IComponentContext context) => [.. plans.Select(plan => context.Build([plan]))];

    public static async ValueTask DisposeAsync(IEnumerable<IProcessorChain> steps)
    {
        foreach (IProcessorChain step in steps)
        {
            await step.DisposeAsync().ConfigureAwait(false);
        }
    }
}
