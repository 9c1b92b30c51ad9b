using System.Globalization;
using System.Text;
using Mapping.Diagnostics;
using Mapping.Functions;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Text;
using Mapping.Values;

namespace Mapping.Pipeline.Testing;

/// <summary>One unit test: makes what it addresses, feeds it, and looks at what comes out.</summary>
/// <param name="test">The case.</param>
/// <param name="configuration">What it is about, with the variables of the case.</param>
/// <param name="catalogue">The components there are.</param>
/// <param name="log">For what processors log.</param>
internal sealed class CaseRun(TestCase test, Configuration configuration, Catalogue catalogue, ILog log)
{
    private readonly List<string> failures = [];
    private readonly List<Correction> corrections = [];
    private readonly string folder = Path.GetDirectoryName(test.Node.Source.Name) ?? string.Empty;

    public async Task<CaseOutcome> RunAsync()
    {
        try
        {
            if (Read() is { } graph)
            {
                Compare(await FeedAsync(graph).ConfigureAwait(false));
            }
        }
        catch (Exception error) when (error is TestTargetException or ComponentStartException or IOException or UnauthorizedAccessException)
        {
            failures.Add(error.Message);
        }

        return new CaseOutcome(test.Name, test.Line, failures, corrections);
    }

    private PipelineGraph? Read()
    {
        Configuration cut = configuration with { Edit = root => TestTarget.Cut(root, test.TargetProcessors, test.Mocks) };
        if (test.TargetMapping.Length > 0)
        {
            SourceText mapping = ReadFile(test.TargetMapping);
            cut = configuration with { Edit = root => TestTarget.Cut(Only(root, mapping), "/pipeline/processors", []) };
        }
        else if (test.TargetProcessors.IndexOf('#', StringComparison.Ordinal) is var hash and > 0)
        {
            SourceText other = ReadFile(test.TargetProcessors[..hash]);
            cut = configuration with { Main = other, Edit = root => TestTarget.Cut(root, test.TargetProcessors[(hash + 1)..], test.Mocks) };
        }

        PipelineGraph? graph = GraphReader.Read(catalogue, cut, out IReadOnlyList<Diagnostic> diagnostics);
        failures.AddRange(diagnostics.Where(d => d.Severity == Severity.Error).Select(d => d.ToString()));
        return graph;
    }

    /// <summary>Leaves only a mapping as processor.</summary>
    private static MapNode Only(MapNode root, SourceText mapping)
    {
        var script = new ScalarNode(mapping, new TextSpan(0, mapping.Content.Length), mapping.Content, isPlain: false, static offset => offset);
        var key = new ScalarNode(mapping, default, "mapping", isPlain: true);
        root.Set("pipeline", new MapNode(mapping, default, [new MapEntry(new ScalarNode(mapping, default, "processors", isPlain: true), new ListNode(mapping, default, [new MapNode(mapping, default, [new MapEntry(key, script)])]))]));
        return root;
    }

    private async Task<List<Batch>> FeedAsync(PipelineGraph graph)
    {
        await using var resources = new Resources(graph);
        var services = new RunServices { Log = log, Streams = new NoStreams(), Resources = resources, Errors = graph.Errors };
        resources.Services = services;
        await using Unowned unowned = services.Unowned;
        await using ProcessorChain chain = ProcessorChain.Create(graph.Processing.Processors, services);
        unowned.Close();
        var made = new List<Batch>();
        foreach (IReadOnlyList<TestMessage> messages in test.Input)
        {
            Batches batches = await chain.RunAsync(Batch.Of(messages.Select(Make)), CancellationToken.None).ConfigureAwait(false);
            for (int i = 0; i < batches.Count; i++)
            {
                made.Add(batches[i]);
            }
        }

        return made;
    }

    private Message Make(TestMessage given)
    {
        byte[] body = given.Json is { } json ? NodeJson.ToBytes(json)
            : given.File is { } file ? File.ReadAllBytes(Path.Combine(folder, file))
            : Encoding.UTF8.GetBytes(given.Content ?? string.Empty);
        var message = new Message(body);
        MetadataValues.Set(message, [.. given.Metadata.Select(m => (m.Key, ValueOf(m.Value)))]);
        return message;
    }

    private static Value ValueOf(ConfigNode node)
    {
        new Message(NodeJson.ToBytes(node)).TryGetDocument(out Value value);
        return value;
    }

    private void Compare(List<Batch> made)
    {
        if (test.Output is not { } expected)
        {
            // Nothing is asked of what comes out.
            return;
        }

        bool hasShape = made.Count == expected.Count && made.Zip(expected).All(pair => pair.First.Count == pair.Second.Count);
        if (made.Count != expected.Count)
        {
            failures.Add(string.Create(CultureInfo.InvariantCulture, $"{expected.Count} batches expected, {made.Count} came out{Listed(made)}"));
        }

        for (int b = 0; b < Math.Min(made.Count, expected.Count); b++)
        {
            if (made[b].Count != expected[b].Count)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"batch {b}: {expected[b].Count} messages expected, {made[b].Count} came out{Listed([made[b]])}"));
            }

            for (int i = 0; i < Math.Min(made[b].Count, expected[b].Count); i++)
            {
                Check(made[b], b, i, expected[b][i]);
            }
        }

        if (!hasShape && test.Node["output_batches"] is { } written)
        {
            // Single corrections lie within this one.
            corrections.Clear();
            corrections.Add(NodeEdit.Replace(written, AsYaml(made)));
        }
    }

    private void Check(Batch batch, int b, int i, TestExpectation expectation)
    {
        var check = new MessageCheck(expectation, folder, configuration.Environment);
        check.Run(batch, i);
        corrections.AddRange(check.Corrections);
        if (check.Failures.Count == 0)
        {
            return;
        }

        string place = string.Create(CultureInfo.InvariantCulture, $"batch {b} message {i}: ");
        failures.AddRange(check.Failures.Select(f => place + f));
        if (batch[i].Error is { } error)
        {
            failures.Add($"{place}it failed in {error.SourceName} ({(string.IsNullOrEmpty(error.SourceLabel) ? error.SourcePath : "label " + error.SourceLabel)}): {error.Text}");
        }
    }

    private static string Listed(List<Batch> batches) => string.Concat(batches.SelectMany(b => b).Select(m => "\n  " + JsonComparison.OneLine(m.Body)));

    /// <summary>In one line, so that it fits wherever the old value was.</summary>
    private static string AsYaml(List<Batch> batches) => "[" + string.Join(", ", batches.Select(b => "[" + string.Join(", ", b.Select(m =>
        JsonComparison.TryParse(m.Body, out _) ? $"{{ json_equals: {JsonComparison.OneLine(m.Body)} }}" : $"{{ content_equals: {JsonComparison.OneLine(m.Body)} }}")) + "]")) + "]";

    private SourceText ReadFile(string name) => SourceText.FromUtf8(File.ReadAllBytes(Path.Combine(folder, name)), Path.Combine(folder, name));

    private sealed class NoStreams : IStandardStreams
    {
        public Stream Input => Stream.Null;

        public Stream Output => Stream.Null;
    }
}
