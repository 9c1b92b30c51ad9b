using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Running;

/// <summary>Processors that run one after another; each gets what the one before it made.</summary>
internal sealed class ProcessorChain(IReadOnlyList<ProcessorStep> steps) : IProcessorChain
{
    public bool IsEmpty => steps.Count == 0;

    /// <summary>Loose messages may be sent through it.</summary>
    public bool TakesLoose { get; } = steps.All(static step => step.TakesLoose);

    public static ProcessorChain Create(IReadOnlyList<ComponentPlan<IProcessor>> plans, RunServices services) =>
        new([.. plans.Select(plan => ProcessorStep.Create(plan, services))]);

    public ValueTask<Batches> RunAsync(Batch batch, CancellationToken cancellation)
    {
        if (batch.Count == 0)
        {
            return ValueTask.FromResult(Batches.None);
        }

        Batches current = batch;
        for (int i = 0; i < steps.Count; i++)
        {
            if (current.Count != 1)
            {
                return RunOnAsync(current, i, cancellation);
            }

            ValueTask<Batches> made = steps[i].RunAsync(current[0], cancellation);
            if (!made.IsCompletedSuccessfully)
            {
                return RunAfterAsync(made, i + 1, cancellation);
            }

            current = made.Result;
        }

        return ValueTask.FromResult(current);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ProcessorStep step in steps)
        {
            await step.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask<Batches> RunAfterAsync(ValueTask<Batches> made, int next, CancellationToken cancellation) =>
        await RunOnAsync(await made.ConfigureAwait(false), next, cancellation).ConfigureAwait(false);

    private async ValueTask<Batches> RunOnAsync(Batches current, int next, CancellationToken cancellation)
    {
        for (int i = next; i < steps.Count && current.Count > 0; i++)
        {
            ProcessorStep step = steps[i];
            current = current.Count == 1
                ? await step.RunAsync(current[0], cancellation).ConfigureAwait(false)
                : await RunEachAsync(step, current, cancellation).ConfigureAwait(false);
        }

        return current;
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
