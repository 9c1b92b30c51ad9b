using System.Text.RegularExpressions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;

namespace Mapping.Pipeline.Components.Outputs;

/// <param name="Check">Null fits every message.</param>
/// <param name="Output">Gets the messages that fit.</param>
/// <param name="Continues">Later cases are still tested.</param>
internal sealed record RouteCase(CompiledMapping? Check, ComponentPlan<IOutput> Output, bool Continues);

/// <param name="Cases">Tested in order.</param>
/// <param name="IsStrict">A message that fits no case is rejected, instead of dropped.</param>
/// <param name="RetriesUntilSuccess">A case that fails is tried again, instead of rejecting.</param>
internal sealed record SwitchOptions(IReadOnlyList<RouteCase> Cases, bool IsStrict, bool RetriesUntilSuccess);

/// <summary><c>switch</c>: an output by what a message is.</summary>
internal sealed partial class SwitchOutput(SwitchOptions options, IComponentContext context) : IOutput
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3), TimeSpan.Zero);

    private static readonly Field<CompiledMapping?> Check = new Field<CompiledMapping?>(
        "check",
        new MappingType(mayBeEmpty: true, "schema_id", "schema_subject", "schema_version"),
        "Whether the case fits; empty fits every message. schema_id, schema_subject and schema_version, which schema_registry_decode sets, are read from the metadata where the document lacks them.")
        .Default("\"\"").Example("this.type == \"order\"", "errored()", "this.schema_subject == \"payments-v1\"");

    private static readonly Field<ComponentPlan<IOutput>> Output = Fields.Output("output", "Gets the messages that fit.");
    private static readonly Field<bool> Continues = Fields.Bool("continue", "Go on testing later cases; the message then goes to several outputs.").Default("false").Advanced();

    private static readonly Field<IReadOnlyList<RouteCase>> Cases = Fields.List(
        "cases",
        new Shape<RouteCase>([Check, Output, Continues], read => new RouteCase(read.Get(Check), read.Get(Output), read.Get(Continues))),
        "Tested in order; a case whose check asks for errored() or error() gets failed messages, others refuse them.");

    private static readonly Field<bool> Strict = Fields.Bool("strict_mode", "Reject messages that fit no case, instead of dropping them.").Default("false");
    private static readonly Field<bool> Retries = Fields.Bool("retry_until_success", "Write what a case failed to write again, for ever, instead of rejecting it.").Default("false");

    private readonly IOutput[] outputs = [.. options.Cases.Select(c => context.Build(c.Output))];
    private readonly bool[] readsErrors = [.. options.Cases.Select(c => c.Check is { } check && ErrorFunction().IsMatch(check.Source.Content))];
    private readonly Random random = context.CreateRandom();

    public static ComponentType Type { get; } = Component.Output(
        "switch",
        "Writes every message to the output of the first case that fits it.",
        new Shape<SwitchOptions>([Cases, Strict, Retries], read => new SwitchOptions(read.Get(Cases), read.Get(Strict), read.Get(Retries)))
            .Rule(static (o, _) => o.Cases.Count == 0 ? new Breach("a switch needs a case", Cases) : null)
            .Rule(static (o, _) => o.RetriesUntilSuccess && o.Cases.Any(c => c.Output.Type == "reject")
                ? new Breach("retry_until_success would try a reject case for ever", Retries, "leave it out") { Gravity = Gravity.Lint }
                : null),
        static (options, context) => new SwitchOutput(options, context));

    public int MaxInFlight => outputs.Max(o => o.MaxInFlight);

    public IReadOnlyList<BatchPolicy> Gathering => [.. outputs.SelectMany(static o => o.Gathering)];

    public bool TakesFailed => true;

    public async ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
    {
        var failures = new WriteFailures();
        List<int>[] routes = [.. outputs.Select(_ => new List<int>())];
        for (int i = 0; i < batch.Count; i++)
        {
            if (!Route(batch, i, routes))
            {
                if (options.IsStrict)
                {
                    failures.Note(i, "no case of the switch fits the message", FailureKind.Permanent);
                }
                else
                {
                    context.Dropped(1, "no_case");
                }
            }
        }

        var results = new WriteFailures?[outputs.Length];
        await Task.WhenAll(Enumerable.Range(0, outputs.Length).Where(c => routes[c].Count > 0).Select(async c => results[c] = await WriteCaseAsync(c, batch, routes[c], cancellation).ConfigureAwait(false))).ConfigureAwait(false);
        foreach (WriteFailures part in results.OfType<WriteFailures>())
        {
            failures.Add(part);
        }

        if (failures.Count > 0)
        {
            throw new BatchException(failures);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IOutput output in outputs)
        {
            await output.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Notes which outputs get a message; false when none does.</summary>
    private bool Route(Batch batch, int index, List<int>[] routes)
    {
        bool isRouted = false;
        for (int c = 0; c < outputs.Length; c++)
        {
            string? error = null;
            RouteCase tested = options.Cases[c];
            if (tested.Check is null || Condition.Holds(tested.Check, batch, index, out error))
            {
                routes[c].Add(index);
                isRouted = true;
                if (!tested.Continues)
                {
                    break;
                }
            }
            else if (error is not null)
            {
                context.Log.Write(LogLevel.Error, $"the check of a case failed, which counts as no: {error}");
            }
        }

        return isRouted;
    }

    private async Task<WriteFailures> WriteCaseAsync(int index, Batch batch, List<int> positions, CancellationToken cancellation)
    {
        Batch sent = batch;
        if (readsErrors[index])
        {
            sent = batch.Copy();
            positions.ForEach(i => Trail.AcceptError(sent[i]));
        }

        for (int attempt = 1; ; attempt++)
        {
            var failures = new WriteFailures();
            await Selection.WriteAsync(outputs[index].WriteAsync, sent, positions, failures, cancellation).ConfigureAwait(false);
            if (failures.Count == 0 || !options.RetriesUntilSuccess)
            {
                return failures;
            }

            positions = [.. failures.Keys.Order()];
            await Task.Delay(Pauses.Pause(attempt, TimeSpan.Zero, random)!.Value, context.Clock, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>That a text elsewhere in the check looks the same does no harm: failed messages would get through.</summary>
    [GeneratedRegex(@"\berror(ed|_source_\w+)?\s*\(")]
    private static partial Regex ErrorFunction();
}
