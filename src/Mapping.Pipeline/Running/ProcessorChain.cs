using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Processors that run one after another; each gets what the one before it made.</summary>
internal sealed class ProcessorChain(IReadOnlyList<ProcessorStep> steps) : IProcessorChain
{
    public bool IsEmpty => steps.Count == 0;

    public static ProcessorChain Create(IReadOnlyList<ComponentPlan<IProcessor>> plans, RunServices services) =>
        new([.. plans.Select(plan => ProcessorStep.Create(plan, services))]);

    public async ValueTask<Batches> RunAsync(Batch batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return Batches.None;
        }

        Batches current = batch;
        foreach (ProcessorStep step in steps)
        {
            if (current.Count == 0)
            {
                break;
            }

            current = current.Count == 1
                ? await step.RunAsync(current[0], cancellation).ConfigureAwait(false)
                : await RunEachAsync(step, current, cancellation).ConfigureAwait(false);
        }

        return current;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ProcessorStep step in steps)
        {
            await step.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async ValueTask<Batches> RunEachAsync(ProcessorStep step, Batches batches, CancellationToken cancellation)
    {
        var results = new List<Batch>();
        for (int i = 0; i < batches.Count; i++)
        {
            Batches made = await step.RunAsync(batches[i], cancellation).ConfigureAwait(false);
            for (int j = 0; j < made.Count; j++)
            {
                results.Add(made[j]);
            }
        }

        return Batches.Many(results);
    }
}
