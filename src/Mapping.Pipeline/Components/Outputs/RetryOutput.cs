using System.Globalization;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="MaxRetries">Attempts after the first; 0 for no bound.</param>
/// <param name="Backoff">Pauses between them.</param>
/// <param name="Output">What is tried.</param>
internal sealed record RetryOptions(long MaxRetries, Backoff Backoff, ComponentPlan<IOutput> Output);

/// <summary><c>retry</c>: what an output fails to write is written again.</summary>
internal sealed class RetryOutput(RetryOptions options, IComponentContext context) : IOutput
{
    private static readonly Field<long> MaxRetries = Fields.Integer("max_retries", "Attempts after the first; 0 for no bound.", least: 0).Default("0");
    private static readonly Field<Backoff> Pauses = Backoff.Field("500ms", "3s", "0s");
    private static readonly Field<ComponentPlan<IOutput>> Output = Fields.Output("output", "What is tried.");

    private readonly IOutput child = context.Build(options.Output);
    private readonly Random random = context.CreateRandom();

    public static ComponentType Type { get; } = Component.Output(
        "retry",
        "Writes what its output failed to write again, and only that, until it is taken.",
        new Shape<RetryOptions>([MaxRetries, Pauses, Output], read => new RetryOptions(read.Get(MaxRetries), read.Get(Pauses), read.Get(Output))),
        static (options, context) => new RetryOutput(options, context));

    public int MaxInFlight => child.MaxInFlight;

    public IReadOnlyList<BatchPolicy> Gathering => child.Gathering;

    public bool TakesFailed => true;

    public ValueTask ConnectAsync(CancellationToken cancellation) => child.ConnectAsync(cancellation);

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        long start = context.Clock.GetTimestamp();
        List<int> left = [.. Enumerable.Range(0, batch.Count)];
        for (int attempt = 1; ; attempt++)
        {
            var failures = new WriteFailures();
            await Selection.WriteAsync(child.WriteAsync, batch, left, failures, cancellation).ConfigureAwait(false);
            if (failures.Count == 0)
            {
                return;
            }

            TimeSpan? pause = options.MaxRetries > 0 && attempt > options.MaxRetries ? null : options.Backoff.Pause(attempt, context.Clock.GetElapsedTime(start), random);
            if (pause is not { } time)
            {
                throw new BatchException(failures);
            }

            left = [.. failures.Keys.Order()];
            context.Log.Write(LogLevel.Warn, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt} failed, trying again: {failures[left[0]]}"));
            await Task.Delay(time, context.Clock, cancellation).ConfigureAwait(false);
        }
    }

    public ValueTask DisposeAsync() => child.DisposeAsync();
}
