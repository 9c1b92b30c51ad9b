using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>reject_errored: OUTPUT</c>: failed messages are rejected with their error, the others go to the output.</summary>
internal sealed class RejectErroredOutput(IOutput child) : IOutput
{
    public static ComponentType Type { get; } = Component.Output(
        "reject_errored",
        "Rejects messages that failed with their own error and writes the others; within a fallback, failed ones then go to the next tier.",
        Fields.OutputValue,
        static (child, context) => new RejectErroredOutput(context.Build(child)));

    public int MaxInFlight => child.MaxInFlight;

    public IReadOnlyList<BatchPolicy> Gathering => child.Gathering;

    public bool TakesFailed => true;

    public ValueTask ConnectAsync(CancellationToken cancellation) => child.ConnectAsync(cancellation);

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        var fine = new List<int>(batch.Count);
        for (int i = 0; i < batch.Count; i++)
        {
            if (batch[i].Error is { } error)
            {
                failures.Note(i, error.Text, FailureKinds.Of(error));
            }
            else
            {
                fine.Add(i);
            }
        }

        if (fine.Count > 0)
        {
            await Selection.WriteAsync(child.WriteAsync, batch, fine, failures, cancellation).ConfigureAwait(false);
        }

        if (failures.Count > 0)
        {
            throw new BatchException(failures);
        }
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
