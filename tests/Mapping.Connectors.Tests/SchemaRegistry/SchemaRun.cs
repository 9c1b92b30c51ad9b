using System.Text;
using Mapping.Diagnostics;
using Mapping.Extras;
using Mapping.Functions;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;
using Mapping.Pipeline.Tests;
using Mapping.Text;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Configurations whose input gives prepared messages and whose output keeps what it gets, failed messages too.</summary>
internal sealed class SchemaRun
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    private readonly List<Message> written = [];
    private readonly ListLog log = new();

    public IReadOnlyList<Message> Written => written;

    public string Log => string.Join('\n', log.Lines);

    public MappingEnvironment Environment { get; init; } = MappingEnvironment.Full.WithExtras();

    /// <summary>A file of resources.</summary>
    public string Resources { get; init; } = string.Empty;

    /// <summary>Changes of the configuration, <c>path=value</c>.</summary>
    public IReadOnlyList<string> Overrides { get; init; } = [];

    /// <summary>Further components.</summary>
    public IReadOnlyList<ComponentType> More { get; init; } = [];

    /// <summary>What one processor makes of messages in one batch.</summary>
    public static async Task<IReadOnlyList<Message>> ProcessAsync(string processor, params Message[] messages)
    {
        var run = new SchemaRun();
        await run.RunAsync($"pipeline: {{ threads: 1, processors: [ {processor} ] }}\nerror_handling: {{ strategy: none }}\n", Batch.Of(messages));
        return run.Written;
    }

    public static async Task<Message> ProcessAsync(string processor, byte[] body) => (await ProcessAsync(processor, new Message(body)))[0];

    /// <summary>An output that keeps what it gets.</summary>
    public static ComponentType Keeping(string name, List<Message> kept) => Component.Output<bool>(name, "A test.", Component.NoFields, (_, _) => new KeepingOutput(kept));

    /// <summary>Runs to the end; the input gives every batch as a delivery of its own, again and again until it is written.</summary>
    public async Task RunAsync(string yaml, params Batch[] batches)
    {
        var input = Component.Input<bool>("test", "A test.", Component.NoFields, (_, _) => new PreparedInput(batches));
        string[] output = yaml.Contains("output:", StringComparison.Ordinal) ? [] : ["output.test={}"];
        PipelineGraph graph = Read(yaml, out string told, ["input.test={}", .. output, .. Overrides], [input, Keeping("test", written), .. More]) ?? throw new InvalidOperationException(told);
        await using var run = new PipelineRun(graph, log, NoMetrics.Instance, TimeProvider.System, new NoStreams());
        Assert.True(await run.RunAsync(CancellationToken.None).WaitAsync(TooLong));
    }

    public PipelineGraph? Read(string yaml, out string told) => Read(yaml, out told, [], []);

    private PipelineGraph? Read(string yaml, out string told, IReadOnlyList<string> overrides, IReadOnlyList<ComponentType> more)
    {
        PipelineGraph? graph = GraphReader.Read(
            AllConnectors.Catalogue.With(more),
            new Pipeline.Graph.Configuration
            {
                Main = new SourceText(yaml, "pipeline.yaml"),
                Resources = Resources.Length == 0 ? [] : [new SourceText(Resources, "resources.yaml")],
                Overrides = overrides,
                Variables = static _ => null,
                Environment = Environment,
            },
            out IReadOnlyList<Diagnostic> diagnostics);
        told = string.Join("\n", diagnostics);
        return graph;
    }

    public static string Text(Message message) => Encoding.UTF8.GetString(message.Body.Span);

    /// <summary>Metadata as JSON; null when there is none of that name.</summary>
    public static string? Metadata(Message message, string name)
    {
        if (!message.MetadataObject.IsObject || !message.MetadataObject.TryGetMember(Encoding.UTF8.GetBytes(name), out Values.Value value))
        {
            return null;
        }

        var text = new Values.Json.Utf8Buffer();
        Values.JsonWriter.TryWrite(value, text, Values.JsonWriterOptions.Message);
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    public static Message With(byte[] body, string name, string value)
    {
        var message = new Message(body);
        MetadataValues.Set(message, name, Values.Value.FromString(value));
        return message;
    }

    private sealed class PreparedInput(Batch[] batches) : IInput
    {
        private int next;

        public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) =>
            ValueTask.FromResult(next < batches.Length ? Delivery.To(batches[next++].Copy(), static _ => ValueTask.CompletedTask) : null);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class KeepingOutput(List<Message> kept) : IOutput
    {
        public int MaxInFlight => 1;

        public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
        {
            lock (kept)
            {
                kept.AddRange(batch.Copy());
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
