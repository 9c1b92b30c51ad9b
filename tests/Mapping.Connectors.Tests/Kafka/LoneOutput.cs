using Mapping.Diagnostics;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;

namespace Mapping.Connectors.Tests.Kafka;

/// <summary>An output without what the engine puts beside it, so that a test sees what it throws.</summary>
internal static class LoneOutput
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    /// <param name="yaml">As in <c>kafka: { ... }</c>.</param>
    /// <param name="clock">Null for that of the system.</param>
    public static IOutput Make(string yaml, TimeProvider? clock = null)
    {
        PipelineGraph? graph = RunningPipeline.Read($"output: {{ {yaml} }}", out IReadOnlyList<Diagnostic> diagnostics);
        Assert.True(graph is not null, string.Join('\n', diagnostics));
        return graph.Output.Create(new BareContext(NoMetrics.Instance, clock: clock));
    }

    public static async Task<IOutput> ConnectAsync(string yaml, TimeProvider? clock = null)
    {
        IOutput output = Make(yaml, clock);
        await output.ConnectAsync(CancellationToken.None);
        return output;
    }

    public static async Task WriteAsync(IOutput output, params IEnumerable<string> bodies) =>
        await output.WriteAsync(Batch.Of(bodies.Select(static b => new Functions.Message(System.Text.Encoding.UTF8.GetBytes(b)))), CancellationToken.None).AsTask().WaitAsync(TooLong);

    /// <summary>Writes until it is taken: clients look for brokers and topics that were gone from time to time only.</summary>
    public static async Task UntilTakenAsync(IOutput output, string body)
    {
        using var end = new CancellationTokenSource(TooLong);
        while (true)
        {
            try
            {
                await WriteAsync(output, body);
                return;
            }
            catch (BatchException) when (!end.IsCancellationRequested)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>What a write that fails says.</summary>
    public static async Task<(FailureKind Kind, Exception Error)> FailAsync(Task write)
    {
        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => write.WaitAsync(TooLong));
        return (FailureKinds.Of(error), error);
    }
}
