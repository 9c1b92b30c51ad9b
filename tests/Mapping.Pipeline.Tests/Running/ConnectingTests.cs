using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Messages;
using Mapping.Pipeline.Running;

namespace Mapping.Pipeline.Tests.Running;

/// <summary>How often a connection is tried that is not made.</summary>
public class ConnectingTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(false, new[] { 1, 2, 4, 8, 10, 10, 10, 10, 10, 10 })]
    [InlineData(true, new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 })]
    public async Task Pauses_grow_further_where_the_other_side_refuses(bool isRefused, int[] steps)
    {
        var clock = new ManualClock();
        var output = new TestOutput
        {
            Connect = attempt =>
            {
                if (attempt <= steps.Length)
                {
                    throw new DisconnectedException("no", new ClassifiedException("no", isRefused ? FailureKind.Permanent : FailureKind.Transient));
                }
            },
        };
        PipelineGraph graph = PipelineTest.Read("input: { generate: { mapping: 'root = {}', count: 1, interval: '' } }\noutput: { test: {} }\n", null, output.Type);
        await using var run = new PipelineRun(graph, new ListLog(), NoMetrics.Instance, clock, new PipelineTest.Streams(""));
        Task<bool> running = run.RunAsync(CancellationToken.None);
        var found = new List<int>();
        for (int attempt = 1; attempt <= steps.Length; attempt++)
        {
            for (int i = 0; output.Connections < attempt || clock.Waiting == 0; i++)
            {
                Assert.True(i < 60_000, "nobody tries again");
                await Task.Delay(1);
            }

            int passed = 0;
            while (output.Connections == attempt && clock.Waiting > 0)
            {
                Assert.True(passed < 1000, "the pause does not end");
                clock.Move(Step);
                passed++;
            }

            found.Add(passed);
        }

        Assert.Equal(steps, found);
        Assert.True(await running.WaitAsync(TimeSpan.FromSeconds(90)));
        Assert.Single(output.Written);
    }
}
