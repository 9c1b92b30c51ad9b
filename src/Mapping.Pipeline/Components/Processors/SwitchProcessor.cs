using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Check">Null fits every message.</param>
/// <param name="Processors">Run on the messages of the case as one batch.</param>
/// <param name="FallsThrough">The next case is run as well, without its check.</param>
/// <param name="Continues">Later cases are still tested.</param>
internal sealed record SwitchCase(CompiledMapping? Check, IReadOnlyList<ComponentPlan<IProcessor>> Processors, bool FallsThrough, bool Continues);

/// <summary><c>switch: [...]</c>: processors by what a message is.</summary>
internal sealed class SwitchProcessor(IReadOnlyList<SwitchCase> cases, IComponentContext context) : IProcessor
{
    private static readonly Field<CompiledMapping?> Check = Fields.Mapping("check", "Whether the case fits; empty fits every message.").Default("\"\"");
    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors = Fields.Processors("processors", "Run on the messages of the case.");
    private static readonly Field<bool> FallsThrough = Fields.Bool("fallthrough", "Run the next case as well, without testing it.").Default("false").Advanced();
    private static readonly Field<bool> Continues = Fields.Bool("continue", "Go on testing later cases after this one.").Default("false").Advanced();

    private static readonly Shape<SwitchCase> CaseShape = new Shape<SwitchCase>(
        [Check, Processors, FallsThrough, Continues],
        read => new SwitchCase(read.Get(Check), read.Get(Processors), read.Get(FallsThrough), read.Get(Continues)))
        .Rule(static (c, _) => c.Processors.Count == 0 ? new Breach("a case without processors does nothing", Processors) { Gravity = Gravity.Lint } : null)
        .Rule(static (c, _) => c is { FallsThrough: true, Continues: true } ? new Breach("fallthrough and continue exclude each other", Continues) : null);

    private readonly IProcessorChain[] chains = [.. cases.Select(c => context.Build(c.Processors))];

    public static ComponentType Type { get; } = Component.Processor(
        "switch",
        "Runs the processors of the first case that fits a message; one that fits none passes unchanged.",
        new ListType<SwitchCase>(CaseShape),
        static (cases, context) => new SwitchProcessor(cases, context));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        // Results stand where their first message stood; results of one case stay together only as far as the order allows.
        List<(int Position, Message Message)> open = [.. batch.Select((m, i) => (i, m))];
        var done = new List<(int Position, Message Message)>();
        var carried = new List<(int Position, Message Message)>();
        for (int c = 0; c < cases.Count; c++)
        {
            List<(int Position, Message Message)> hits = [.. carried];
            carried.Clear();
            List<(int Position, Message Message)> rest = [];
            Test(cases[c], open, hits, rest, done);
            open = rest;
            if (hits.Count == 0)
            {
                continue;
            }

            List<(int Position, Message Message)> made = await RunAsync(chains[c], hits, cancellation).ConfigureAwait(false);
            (cases[c].FallsThrough ? carried : cases[c].Continues ? open : done).AddRange(made);
        }

        return Batch.Of(done.Concat(open).Concat(carried).OrderBy(p => p.Position).Select(p => p.Message));
    }

    public ValueTask DisposeAsync() => Singly.DisposeAsync(chains);

    private static void Test(
        SwitchCase tested,
        List<(int Position, Message Message)> open,
        List<(int Position, Message Message)> hits,
        List<(int Position, Message Message)> rest,
        List<(int Position, Message Message)> done)
    {
        var seen = Batch.Of(open.Select(p => p.Message));
        for (int i = 0; i < open.Count; i++)
        {
            string? error = null;
            if (tested.Check is null || Condition.Holds(tested.Check, seen, i, out error))
            {
                hits.Add(open[i]);
            }
            else if (error is not null)
            {
                open[i].Message.Error = new MessageError($"the check of a case failed: {error}") { Cause = FailureKind.Permanent };
                done.Add(open[i]);
            }
            else
            {
                rest.Add(open[i]);
            }
        }
    }

    private static async ValueTask<List<(int Position, Message Message)>> RunAsync(IProcessorChain chain, List<(int Position, Message Message)> hits, CancellationToken cancellation)
    {
        hits.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        var results = new List<Message>();
        Singly.Add(await chain.RunAsync(Batch.Of(hits.Select(h => h.Message)), cancellation).ConfigureAwait(false), results);

        // A message that is still itself keeps its place; one that is new stands at the last place before it.
        Dictionary<Message, int> positions = hits.ToDictionary(h => h.Message, h => h.Position, (IEqualityComparer<Message>)ReferenceEqualityComparer.Instance);
        int position = hits[0].Position;
        var placed = new List<(int Position, Message Message)>(results.Count);
        foreach (Message result in results)
        {
            position = positions.TryGetValue(result, out int own) ? own : position;
            placed.Add((position, result));
        }

        return placed;
    }
}
