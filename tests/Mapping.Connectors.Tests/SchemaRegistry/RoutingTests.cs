using System.Text;
using Mapping.Functions;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;
using Mapping.Text;
using Mapping.Diagnostics;
using Mapping.Extras;
using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;

namespace Mapping.Connectors.Tests.SchemaRegistry;

/// <summary>Routes by contract: the example as it stands, and the recipe of the guide.</summary>
public sealed class RoutingTests
{
    private const string Resources = """
        output_resources:
          - label: high_priority_topic
            high: {}
          - label: discard
            drop: {}
          - label: default_datalake
            lake: {}
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_example_routes_by_subject(bool isEnvelope)
    {
        await using RegistryStub registry = await RegistryStub.StartAsync();
        const string Record = """{"type":"record","name":"R","fields":[{"name":"n","type":"int"}]}""";
        int payments = registry.Register("payments-v1", Record);
        int debug = registry.Register("debug-clicks", Record.Replace("\"R\"", "\"D\"", StringComparison.Ordinal));
        int other = registry.Register("orders-v1", """{"type":"record","name":"O","fields":[{"name":"schema_subject","type":"string"}]}""");
        Kept kept = await RunAsync(registry, isEnvelope, RegistryStub.Framed(payments, 2), RegistryStub.Framed(debug, 4), RegistryStub.Framed(other, [22, .. "payments-v1"u8]));

        // A field of the payload is what it is named; only one that is not there stands in the metadata.
        byte[] orders = isEnvelope ? RegistryStub.Framed(other, [22, .. "payments-v1"u8]) : """{"schema_subject":"payments-v1"}"""u8.ToArray();
        byte[] pays = isEnvelope ? RegistryStub.Framed(payments, 2) : """{"n":1}"""u8.ToArray();
        Assert.Equal(isEnvelope ? [pays] : [pays, orders], kept.High);
        Assert.Equal(isEnvelope ? [orders] : [], kept.Lake);
    }

    private static async Task<Kept> RunAsync(RegistryStub registry, bool isEnvelope, params byte[][] bodies)
    {
        var kept = new Kept();
        ComponentType input = Component.Input<bool>("test", "A test.", Component.NoFields, (_, _) => new Once(Batch.Of(bodies.Select(static b => new Message(b)))));
        ComponentType high = Component.Output<bool>("high", "A test.", Component.NoFields, (_, _) => new KeptOutput(kept.High));
        ComponentType lake = Component.Output<bool>("lake", "A test.", Component.NoFields, (_, _) => new KeptOutput(kept.Lake));
        string example = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Examples", "contract_routing.yaml"));
        string[] envelope = isEnvelope ? ["pipeline.processors.0.schema_registry_decode.mode=envelope"] : [];
        PipelineGraph? graph = GraphReader.Read(
            StandardCatalogue.Instance.With([.. AllConnectors.Types, input, high, lake]),
            new Pipeline.Graph.Configuration
            {
                Main = new SourceText(example, "contract_routing.yaml"),
                Resources = [new SourceText(Resources, "resources.yaml")],
                Overrides = [$"pipeline.processors.0.schema_registry_decode.url={registry.Url}", "input.test={}", .. envelope],
                Variables = static _ => null,
                Environment = MappingEnvironment.Full.WithExtras(),
                Advises = true,
            },
            out IReadOnlyList<Diagnostic> diagnostics);
        Assert.True(graph is not null && diagnostics.All(static d => d.Severity != Severity.Error), string.Join("\n", diagnostics));
        await using var run = new PipelineRun(graph, new TextLog(TextWriter.Null, graph.Logger, TimeProvider.System), NoMetrics.Instance, TimeProvider.System, new NoStreams());
        Assert.True(await run.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));
        return kept;
    }

    private sealed record Kept
    {
        public List<byte[]> High { get; } = [];

        public List<byte[]> Lake { get; } = [];
    }

    private sealed class Once(Batch batch) : IInput
    {
        private Batch? next = batch;

        public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation)
        {
            Delivery? delivery = next is null ? null : new Delivery(next);
            next = null;
            return ValueTask.FromResult(delivery);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class KeptOutput(List<byte[]> bodies) : IOutput
    {
        public int MaxInFlight => 1;

        public ValueTask WriteAsync(Batch batch, CancellationToken cancellation)
        {
            bodies.AddRange(batch.Select(static m => m.Body.ToArray()));
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private sealed class NoStreams : IStandardStreams
    {
        public Stream Input => Stream.Null;

        public Stream Output => Stream.Null;
    }
}
