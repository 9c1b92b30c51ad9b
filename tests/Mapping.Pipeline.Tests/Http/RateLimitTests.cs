using Mapping.Functions;
using Mapping.Pipeline.Components.RateLimits;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Observability;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Http;

public class RateLimitTests
{
    [Fact]
    public async Task A_window_grants_so_many_and_tells_how_long_it_lasts()
    {
        var clock = new ManualClock();
        PipelineGraph graph = PipelineTest.Read("rate_limit_resources: [ { label: a, local: { count: 2, interval: 10s } } ]\n");
        var plan = (ComponentPlan<IRateLimit>)graph.Resources[new ResourceName(ComponentKind.RateLimit, "a")];
        var services = new RunServices { Log = new TextLog(TextWriter.Null, graph.Logger, clock), Clock = clock, Streams = null!, Resources = null!, Errors = graph.Errors };
        IRateLimit limit = plan.Create(new ComponentContext(services, plan));
        Assert.IsType<LocalRateLimit>(limit);
        var waits = new List<double>();
        foreach (double second in new[] { 0, 1, 4, 9.5, 10, 10, 10, 30, 31, 32 })
        {
            clock.Seconds = second;
            waits.Add((await limit.AccessAsync(default)).TotalSeconds);
        }

        Assert.Equal([0, 0, 6, 0.5, 0, 0, 10, 0, 0, 8], waits);
    }

    [Fact]
    public async Task The_processor_holds_every_message_until_it_is_granted_and_outlives_a_failure_of_the_limit()
    {
        var limit = new TestRateLimit { Failure = new IOException("gone") };
        var input = new TestInput([() => new Batch(TestInput.Message("a"), Message.WithoutBody())]);
        var output = new TestOutput();
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync(
            "input: { test: {} }\npipeline: { processors: [ { rate_limit: { resource: gentle } } ] }\noutput: { test: {} }\nrate_limit_resources: [ { label: gentle, test: {} } ]\n", more: [input.Type, output.Type, limit.Type]);
        Assert.Equal((4, 2), (limit.Asked, limit.Granted));
        Assert.Equal(["a", ""], output.Written);
        Assert.Null(input.Outcomes[0]);
        Assert.Contains("the rate limit \\\"gentle\\\" failed, asking again in a second: gone", outcome.Log);
    }

    [Fact]
    public void An_interval_of_nothing_is_refused() =>
        Assert.Contains("P517: the interval of a rate limit cannot be 0", PipelineTest.Lint("rate_limit_resources: [ { label: a, local: { interval: 0s } } ]\n"));

    private sealed class ManualClock : TimeProvider
    {
        public double Seconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => (long)(Seconds * 1000);
    }
}
