using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Inputs;

/// <param name="Inputs">Read at the same time.</param>
/// <param name="Copies">Instances of each.</param>
/// <param name="Batching">Over the messages of all of them.</param>
internal sealed record BrokerInputOptions(IReadOnlyList<ComponentPlan<IInput>> Inputs, long Copies, BatchPolicy? Batching);

/// <summary><c>broker</c>: several inputs as one.</summary>
internal sealed class BrokerInput : IInput
{
    private static readonly Field<IReadOnlyList<ComponentPlan<IInput>>> Children = Fields.List("inputs", Fields.InputValue, "Read at the same time.");
    private static readonly Field<long> Copies = Fields.Integer("copies", "Instances of every input.", least: 1, most: 1024).Default("1").Advanced();

    private readonly BrokerInputOptions options;
    private readonly Child[] children;
    private int next;

    private BrokerInput(BrokerInputOptions options, IComponentContext context)
    {
        this.options = options;
        children = [.. Enumerable.Range(0, (int)options.Copies).SelectMany(_ => options.Inputs).Select(plan => new Child(context.Build(plan)))];
    }

    public static ComponentType Type { get; } = new ComponentType<IInput, BrokerInputOptions>(
        ComponentKind.Input,
        "broker",
        "Reads several inputs at the same time, and ends when all of them have ended.",
        new Shape<BrokerInputOptions>([Children, Copies, SharedFields.Batching], read => new BrokerInputOptions(read.Get(Children), read.Get(Copies), SharedFields.Active(read.Get(SharedFields.Batching))))
            .Rule(static (o, _) => o.Inputs.Count == 0 ? new Breach("a broker needs an input", Children) : null),
        static (options, context) => new BrokerInput(options, context))
    {
        Description = "An input that cannot be reached does not hold up the others. The order among inputs is left to chance, that of each input is kept.",
        Example = """
            input:
              broker:
                inputs:
                  - generate: { count: 5, interval: "", mapping: root.from = "a" }
                  - generate: { count: 5, interval: "", mapping: root.from = "b" }
            output:
              drop: {}
            """,
    };

    // Each of the inputs does that itself.
    public bool ReplaysRejected => false;

    public BatchPolicy? Batching => options.Batching;

    public bool IsExhausted => children.All(static c => c.Input.IsExhausted);

    public async ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var waiting = new List<Task>();
            for (int i = 0; i < children.Length; i++)
            {
                Child child = children[(next + i) % children.Length];
                if (child.HasEnded)
                {
                    continue;
                }

                if (!child.TryRead(cancellation, out ValueTask<Delivery?> read))
                {
                    waiting.Add(child.Reading!);
                }
                else if (await read.ConfigureAwait(false) is { } delivery)
                {
                    // The turn passes on, so that a fast input does not starve the others.
                    next = (next + i + 1) % children.Length;
                    return delivery;
                }
                else
                {
                    child.HasEnded = true;
                }
            }

            if (waiting.Count == 0 && Array.TrueForAll(children, static c => c.HasEnded))
            {
                return null;
            }

            if (waiting.Count > 0)
            {
                await Task.WhenAny(waiting).WaitAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (Child child in children)
        {
            await child.Input.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>An input and the read that is under way.</summary>
    private sealed class Child(IInput input)
    {
        public IInput Input => input;

        public Task<Delivery?>? Reading { get; private set; }

        public bool HasEnded { get; set; }

        /// <summary>False while it must be waited for.</summary>
        public bool TryRead(CancellationToken cancellation, out ValueTask<Delivery?> read)
        {
            if (Reading is null)
            {
                read = input.ReadAsync(cancellation);
                if (read.IsCompleted)
                {
                    return true;
                }

                Reading = read.AsTask();
            }

            read = new ValueTask<Delivery?>(Reading);
            if (!Reading.IsCompleted)
            {
                return false;
            }

            Reading = null;
            return true;
        }
    }
}
