using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <summary><c>reject: TEXT</c>: nothing is written, and that is the failure of every message.</summary>
internal sealed class RejectOutput(TextTemplate text) : IOutput
{
    public static ComponentType Type { get; } =
        Component.Output("reject", "Rejects every message with a text.", Fields.TemplateValue, static (text, _) => new RejectOutput(text));

    public int MaxInFlight => 64;

    public bool TakesFailed => true;

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        for (int i = 0; i < batch.Count; i++)
        {
            failures.Note(i, text.TryResolve(batch, i, out string? reason, out string? error) ? reason : $"interpolation failed: {error}", FailureKind.Permanent);
        }

        throw new BatchException(failures);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
