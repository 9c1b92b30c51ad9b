using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Processors;

/// <param name="Request">Makes the branch's copy; null for a full one.</param>
/// <param name="Processors">Run on the copies.</param>
/// <param name="Result">Puts the outcome into the original; null leaves it as it is.</param>
internal sealed record BranchOptions(CompiledMapping? Request, IReadOnlyList<ComponentPlan<IProcessor>> Processors, CompiledMapping? Result);

/// <summary><c>branch</c>: work on a copy, of which only what is asked for comes back.</summary>
internal sealed class BranchProcessor(BranchOptions options, IComponentContext context) : IProcessor
{
    private static readonly Field<CompiledMapping?> Request =
        Fields.Mapping("request_map", "Makes the copy; empty copies the message, deleted() leaves it out of the branch.").Default("\"\"").Example("root.id = this.user.id");

    private static readonly Field<IReadOnlyList<ComponentPlan<IProcessor>>> Processors = Fields.Processors("processors", "Run on the copies; they must give one message for each, in order.");
    private static readonly Field<CompiledMapping?> Result =
        Fields.Mapping("result_map", "Changes the original, with the copy as this; empty changes nothing.").Default("\"\"").Example("root.user = this");

    private readonly IProcessorChain chain = context.Build(options.Processors);

    /// <summary>The fields, which a workflow has for each of its branches.</summary>
    public static Shape<BranchOptions> Shape { get; } = new Shape<BranchOptions>(
        [Request, Processors, Result],
        read => new BranchOptions(read.Get(Request), read.Get(Processors), read.Get(Result)))
        .Rule(static (o, _) => o.Processors.Count == 0 ? new Breach("a branch needs a processor", Processors) : null);

    public static ComponentType Type { get; } = Component.Processor(
        "branch",
        "Runs processors on copies of messages and maps what they give into the originals, whose own content is safe.",
        Shape,
        static (options, context) => new BranchProcessor(options, context));

    public async ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation)
    {
        var taken = new List<int>();
        var copies = new List<Message>();
        var seen = batch.Copy();
        for (int i = 0; i < batch.Count; i++)
        {
            Message copy = batch[i].Copy();
            copy.Error = null;
            MappingResult request = MappingResult.Of(options.Request, seen, i);
            if (request.Failure is { } failure)
            {
                Fail(batch[i], $"request mapping failed: {failure}", FailureKind.Permanent);
            }
            else if (request.ApplyTo(copy))
            {
                taken.Add(i);
                copies.Add(copy);
            }
        }

        List<Message> results = [];
        Singly.Add(await chain.RunAsync(Batch.Of(copies), cancellation).ConfigureAwait(false), results);
        if (results.Count != taken.Count)
        {
            taken.ForEach(i => Fail(batch[i], $"processors failed: they made {results.Count} messages of {taken.Count}", null));
            return batch;
        }

        return Merge(batch, taken, Batch.Of(results));
    }

    public ValueTask DisposeAsync() => chain.DisposeAsync();

    private static void Fail(Message message, string text, object? cause) => message.Error = new MessageError(text) { Cause = cause };

    /// <summary>The result mapping reads the branch and changes the originals, all as they were before.</summary>
    private Batch Merge(Batch originals, List<int> taken, Batch made)
    {
        var results = new MappingResult?[taken.Count];
        for (int i = 0; i < taken.Count; i++)
        {
            Message original = originals[taken[i]];
            if (made[i].Error is { } error)
            {
                Fail(original, $"processors failed: {error.Text}", error.Cause);
            }
            else if (options.Result is not null)
            {
                results[i] = MappingResult.Onto(options.Result, original, made, i);
            }
        }

        HashSet<int> removed = [];
        for (int i = 0; i < taken.Count; i++)
        {
            if (results[i]?.Failure is { } failure)
            {
                Fail(originals[taken[i]], $"result mapping failed: {failure}", FailureKind.Permanent);
            }
            else if (results[i]?.ApplyTo(originals[taken[i]]) == false)
            {
                removed.Add(taken[i]);
            }
        }

        return removed.Count == 0 ? originals : Batch.Of(originals.Where((_, i) => !removed.Contains(i)));
    }
}
