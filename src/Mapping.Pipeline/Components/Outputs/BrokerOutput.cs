using System.Threading.Channels;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

internal enum BrokerPattern
{
    FanOut,
    FanOutFailFast,
    FanOutSequential,
    FanOutSequentialFailFast,
    RoundRobin,
    Greedy,
}

/// <param name="Outputs">Where messages go.</param>
/// <param name="Copies">Instances of each.</param>
/// <param name="Pattern">Which of them get a batch.</param>
/// <param name="Batching">Before that.</param>
internal sealed record BrokerOutputOptions(IReadOnlyList<ComponentPlan<IOutput>> Outputs, long Copies, BrokerPattern Pattern, BatchPolicy? Batching)
{
    public bool IsFanOut => Pattern is BrokerPattern.FanOut or BrokerPattern.FanOutFailFast || IsSequential;

    public bool IsSequential => Pattern is BrokerPattern.FanOutSequential or BrokerPattern.FanOutSequentialFailFast;

    public bool Retries => Pattern is BrokerPattern.FanOut or BrokerPattern.FanOutSequential;
}

/// <summary><c>broker</c>: several outputs as one.</summary>
internal sealed class BrokerOutput : IOutput
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(3), TimeSpan.Zero);

    private static readonly Field<IReadOnlyList<ComponentPlan<IOutput>>> Children = Fields.List("outputs", Fields.OutputValue, "Where messages go.");
    private static readonly Field<long> Copies = Fields.Integer("copies", "Instances of every output.", least: 1, most: 1024).Default("1").Advanced();

    private static readonly Field<BrokerPattern> Pattern = Fields.Choice(
        "pattern",
        "fan_out writes every batch to all outputs at the same time, fan_out_sequential to one after another; what one fails to write is written to it again until it succeeds, or with _fail_fast at the end of the name rejected at once, and then written to all again. round_robin gives each batch to one output in turn, greedy to whichever is free.",
        ("fan_out", BrokerPattern.FanOut),
        ("fan_out_fail_fast", BrokerPattern.FanOutFailFast),
        ("fan_out_sequential", BrokerPattern.FanOutSequential),
        ("fan_out_sequential_fail_fast", BrokerPattern.FanOutSequentialFailFast),
        ("round_robin", BrokerPattern.RoundRobin),
        ("greedy", BrokerPattern.Greedy)).Default("fan_out");

    private readonly BrokerOutputOptions options;
    private readonly IComponentContext context;
    private readonly IOutput[] outputs;
    private readonly Random random;
    private readonly Channel<IOutput> free = Channel.CreateUnbounded<IOutput>();
    private int turn = -1;

    private BrokerOutput(BrokerOutputOptions options, IComponentContext context)
    {
        this.options = options;
        this.context = context;
        random = context.CreateRandom();
        outputs = [.. Enumerable.Range(0, (int)options.Copies).SelectMany(_ => options.Outputs).Select(context.Build)];

        // As many places as an output has writes in flight, dealt out in turns.
        for (int place = 0; place < outputs.Max(o => o.MaxInFlight); place++)
        {
            foreach (IOutput output in outputs.Where(o => place < o.MaxInFlight))
            {
                free.Writer.TryWrite(output);
            }
        }
    }

    public static ComponentType Type { get; } = new ComponentType<IOutput, BrokerOutputOptions>(
        ComponentKind.Output,
        "broker",
        "Writes to several outputs: to all of them, or to one at a time.",
        new Shape<BrokerOutputOptions>(
            [Children, Copies, Pattern, SharedFields.Batching],
            read => new BrokerOutputOptions(read.Get(Children), read.Get(Copies), read.Get(Pattern), SharedFields.Active(read.Get(SharedFields.Batching))))
            .Rule(static (o, _) => o.Outputs.Count == 0 ? new Breach("a broker needs an output", Children) : null)
            .Rule(static (o, _) => o.Retries && o.Outputs.Any(c => c.Type == "reject") ? new Breach("the broker would write to a reject for ever", Pattern, "use the pattern with _fail_fast") { Gravity = Gravity.Lint } : null),
        static (options, context) => new BrokerOutput(options, context))
    {
        Description = """
            With the fan_out patterns a message is acknowledged when all outputs have written it. A message that carries an error, and is
            refused for that, is not tried again.
            """,
        Example = """
            input:
              generate: { count: 5, interval: "", mapping: root.id = counter() }
            output:
              broker:
                pattern: fan_out
                outputs:
                  - drop: {}
                  - drop: {}
                    processors: [ { mapping: root.copy = this } ]
            """,
    };

    public int MaxInFlight => options.IsSequential ? outputs.Min(o => o.MaxInFlight)
        : options.IsFanOut ? outputs.Max(o => o.MaxInFlight)
        : (int)Math.Min(int.MaxValue, outputs.Sum(o => (long)o.MaxInFlight));

    public BatchPolicy? Batching => options.Batching;

    public IReadOnlyList<BatchPolicy> Gathering => options.Batching is { } policy ? [policy] : [.. outputs.SelectMany(static o => o.Gathering)];

    // Each of the outputs refuses them itself.
    public bool TakesFailed => true;

    public async ValueTask ConnectAsync(CancellationToken cancellation)
    {
        if (options.IsFanOut)
        {
            await Task.WhenAll(outputs.Select(o => o.ConnectAsync(cancellation).AsTask())).ConfigureAwait(false);
        }
        else
        {
            // One that can be written to is enough to begin.
            await (await Task.WhenAny(outputs.Select(o => o.ConnectAsync(cancellation).AsTask())).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => options.Pattern switch
    {
        BrokerPattern.RoundRobin => outputs[(uint)Interlocked.Increment(ref turn) % outputs.Length].WriteAsync(batch, cancellation),
        BrokerPattern.Greedy => WriteToFreeAsync(batch, cancellation),
        _ => WriteToAllAsync(batch, cancellation),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (IOutput output in outputs)
        {
            await output.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask WriteToFreeAsync(Batch batch, CancellationToken cancellation)
    {
        IOutput output = await free.Reader.ReadAsync(cancellation).ConfigureAwait(false);
        try
        {
            await output.WriteAsync(batch, cancellation).ConfigureAwait(false);
        }
        finally
        {
            free.Writer.TryWrite(output);
        }
    }

    private async ValueTask WriteToAllAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        if (options.IsSequential)
        {
            foreach (IOutput output in outputs)
            {
                failures.Add(await WriteToOneAsync(output, batch, cancellation).ConfigureAwait(false));
                if (failures.Count > 0 && !options.Retries)
                {
                    break;
                }
            }
        }
        else
        {
            // Each gets messages of its own: they may be parsed at the same time.
            Task<WriteFailures>[] writes = [.. outputs.Select((output, i) => WriteToOneAsync(output, i == 0 ? batch : batch.CopyApart(), cancellation))];
            foreach (WriteFailures failed in await Task.WhenAll(writes).ConfigureAwait(false))
            {
                failures.Add(failed);
            }
        }

        if (failures.Count > 0)
        {
            throw new BatchException(failures);
        }
    }

    /// <summary>What is given up.</summary>
    private async Task<WriteFailures> WriteToOneAsync(IOutput output, Batch batch, CancellationToken cancellation)
    {
        var givenUp = new WriteFailures();
        List<int> left = [.. Enumerable.Range(0, batch.Count)];
        for (int attempt = 1; ; attempt++)
        {
            var failures = new WriteFailures();
            await Selection.WriteAsync(output.WriteAsync, batch, left, failures, cancellation).ConfigureAwait(false);
            foreach ((int index, string reason) in failures.Where(f => !options.Retries || batch[f.Key].Error is not null))
            {
                givenUp.Note(index, reason, failures.Kind ?? FailureKind.Ambiguous);
            }

            left = [.. failures.Keys.Where(i => !givenUp.ContainsKey(i)).Order()];
            if (left.Count == 0)
            {
                return givenUp;
            }

            context.Log.Write(LogLevel.Warn, $"an output of the broker failed, trying again: {failures[left[0]]}");
            await Task.Delay(Pauses.Pause(attempt, TimeSpan.Zero, random)!.Value, context.Clock, cancellation).ConfigureAwait(false);
        }
    }
}
