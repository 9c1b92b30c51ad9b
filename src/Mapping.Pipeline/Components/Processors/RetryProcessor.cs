using System.Globalization;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Values;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Processors">What is tried.</param>
/// <param name="MaxRetries">Attempts after the first; 0 for no bound.</param>
/// <param name="Backoff">Pauses between them.</param>
/// <param name="IsParallel">The messages of a batch are tried at the same time.</param>
internal sealed record RetryStepsOptions(IReadOnlyList<ComponentPlan<IProcessor>> Processors, long MaxRetries, Backoff Backoff, bool IsParallel);

/// <summary><c>retry</c>: processors run again for a message until none of them fails.</summary>
internal sealed class RetryProcessor(RetryStepsOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors = Fields.Processors("processors", "What is tried, for every message alone.");
    private static readonly Field<long> MaxRetries = Fields.Integer("max_retries", "Attempts after the first; 0 is bounded by max_elapsed_time only.", least: 0).Default("0");
    private static readonly Field<Backoff> Pauses = Backoff.Field("500ms", "10s", "1m");
    private static readonly Field<bool> Parallel = Fields.Bool("parallel", "Try the messages of a batch at the same time.").Default("false").Advanced();

    private readonly IProcessorChain chain = context.Build(options.Processors);
    private readonly Random random = context.CreateRandom();

    public static ComponentType Type { get; } = new ComponentType<IProcessor, RetryStepsOptions>(
        ComponentKind.Processor,
        "retry",
        "Runs processors again for a message that failed, until they succeed.",
        new Shape<RetryStepsOptions>([Processors, MaxRetries, Pauses, Parallel], read => new RetryStepsOptions(read.Get(Processors), read.Get(MaxRetries), read.Get(Pauses), read.Get(Parallel)))
            .Rule(static (o, _) => o.Processors.Count == 0 ? new Breach("a retry needs a processor", Processors) : null),
        static (options, context) => new RetryProcessor(options, context))
    {
        Description = """
            Every attempt begins with the message as it came, without its error, and with the metadata `retry_count` (from 0) and
            `backoff_duration` (the pause before the attempt). When the last attempt fails, the message goes on as it came, with the error
            of that attempt.
            """,
        Example = """
            input:
              generate: { count: 1, interval: "", mapping: root.id = 1 }
            pipeline:
              processors:
                - retry:
                    backoff: { initial_interval: 1ms }
                    processors:
                      - mapping: root = if @retry_count < 2 { throw("not yet") }
            output:
              drop: {}
            """,
    };

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var results = new List<Message>(batch.Count);
        if (options.IsParallel)
        {
            foreach (List<Message> made in await Task.WhenAll(batch.Select(m => TryAsync(m, cancellation))).ConfigureAwait(false))
            {
                results.AddRange(made);
            }
        }
        else
        {
            foreach (Message message in batch)
            {
                results.AddRange(await TryAsync(message, cancellation).ConfigureAwait(false));
            }
        }

        return Batch.Of(results);
    }

    public ValueTask DisposeAsync() => chain.DisposeAsync();

    private async Task<List<Message>> TryAsync(Message original, CancellationToken cancellation)
    {
        long start = context.Clock.GetTimestamp();
        TimeSpan pause = TimeSpan.Zero;
        for (int attempt = 1; ; attempt++)
        {
            var made = new List<Message>();
            Singly.Add(await chain.RunAsync(new Batch(Attempt(original, attempt - 1, pause)), cancellation).ConfigureAwait(false), made);
            if (made.Find(static m => m.Error is not null) is not { Error: { } error })
            {
                return made;
            }

            TimeSpan? next = options.MaxRetries > 0 && attempt > options.MaxRetries ? null : options.Backoff.Pause(attempt, context.Clock.GetElapsedTime(start), random);
            if (next is not { } time)
            {
                original.Error = error;
                return [original];
            }

            context.Log.Write(LogLevel.Debug, string.Create(CultureInfo.InvariantCulture, $"attempt {attempt} failed, trying again: {error.Text}"));
            pause = time;
            await Task.Delay(time, context.Clock, cancellation).ConfigureAwait(false);
        }
    }

    private static Message Attempt(Message original, int retries, TimeSpan pause)
    {
        Message message = original.Copy();
        message.Error = null;
        MetadataValues.Set(
            message,
            ("retry_count", Value.FromInt64(retries)),
            ("backoff_duration", Value.FromString(string.Create(CultureInfo.InvariantCulture, $"{pause.TotalMilliseconds:0.###}ms"))));
        return message;
    }
}
