using Mapping.Pipeline.Components;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>What was made is let go when the run cannot be put together, whoever would have held it.</summary>
public class UnownedTests
{
    private const string Input = "input: { generate: { mapping: 'root = {}', count: 1, interval: '' } }\n";

    [Theory]
    [InlineData(2, "output: { broker: { outputs: [ { held: {} }, { held: {} }, { broken: {} } ] } }")]
    [InlineData(2, "output: { broker: { outputs: [ { broker: { outputs: [ { held: {} }, { held: {} } ] } }, { broken: {} } ] } }")]
    [InlineData(1, "output: { fallback: [ { held: {} }, { broken: {} } ] }")]
    [InlineData(1, "output: { switch: { cases: [ { check: 'true', output: { held: {} } }, { output: { broken: {} } } ] } }")]
    [InlineData(2, "output: { broker: { outputs: [ { held: {} } ] }, processors: [ { holding: {} }, { breaking: {} } ] }")]
    [InlineData(2, "pipeline: { processors: [ { holding: {} }, { breaking: {} } ] }\noutput: { held: {} }")]
    [InlineData(2, "output_resources: [ { label: a, held: {} } ]\noutput: { broker: { outputs: [ { resource: a }, { held: {} }, { resource: a }, { broken: {} } ] } }")]
    [InlineData(1, "output_resources: [ { label: a, fallback: [ { held: {} }, { broken: {} } ] } ]\noutput: { resource: a }")]
    public async Task Everything_is_let_go_once(int made, string yaml)
    {
        var all = new List<Held>();
        await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync(Input + yaml + "\n", more: Types(all)));
        Assert.Equal(Enumerable.Repeat(1, made), all.Select(static h => h.Releases));
    }

    [Fact]
    public async Task What_an_input_is_made_of_is_let_go_as_well()
    {
        var all = new List<Held>();
        await Assert.ThrowsAsync<ComponentStartException>(() => PipelineTest.RunAsync(
            "input: { broker: { inputs: [ { source: {}, processors: [ { holding: {} } ] }, { source: {}, processors: [ { breaking: {} } ] } ] } }\noutput: { held: {} }\n",
            more: Types(all)));
        Assert.Equal([1, 1, 1, 1], all.Select(static h => h.Releases));
    }

    [Fact]
    public async Task A_run_lets_go_of_each_once()
    {
        var all = new List<Held>();
        await PipelineTest.RunAsync(
            Input + "output_resources: [ { label: a, held: {} } ]\noutput: { broker: { outputs: [ { resource: a }, { held: {}, processors: [ { holding: {} } ] } ] } }\n",
            more: Types(all));
        Assert.Equal([1, 1, 1], all.Select(static h => h.Releases));
    }

    private static ComponentType[] Types(List<Held> all)
    {
        Held Hold()
        {
            var held = new Held();
            all.Add(held);
            return held;
        }

        return
        [
            Component.Output<bool>("held", "A test.", Component.NoFields, (_, _) => Hold()),
            Component.Output<bool>("broken", "A test.", Component.NoFields, static (_, _) => throw new StartException("broken")),
            Component.Processor<bool>("holding", "A test.", Component.NoFields, (_, _) => Hold()),
            Component.Processor<bool>("breaking", "A test.", Component.NoFields, static (_, _) => throw new StartException("broken")),
            Component.Input<bool>("source", "A test.", Component.NoFields, (_, _) => Hold()),
        ];
    }

    private sealed class Held : IOutput, IProcessor, IInput
    {
        public int Releases { get; private set; }

        public ValueTask ConnectAsync(CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask WriteAsync(Batch batch, CancellationToken cancellation) => ValueTask.CompletedTask;

        public ValueTask<Batches> ProcessAsync(Batch batch, CancellationToken cancellation) => ValueTask.FromResult<Batches>(batch);

        public ValueTask<Delivery?> ReadAsync(CancellationToken cancellation) => ValueTask.FromResult<Delivery?>(null);

        public ValueTask DisposeAsync()
        {
            Releases++;
            return ValueTask.CompletedTask;
        }
    }
}
