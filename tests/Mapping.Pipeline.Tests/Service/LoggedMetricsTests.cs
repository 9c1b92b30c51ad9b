using Mapping.Pipeline.Service;

namespace Mapping.Pipeline.Tests.Service;

/// <summary>Metrics as lines of the log.</summary>
public class LoggedMetricsTests
{
    [Theory]
    [InlineData("push_interval: 1m", new[] { "3", "5", "5" }, new[] { "1", "3", "3" })]
    [InlineData("push_interval: 1m, flush_metrics: true", new[] { "3", "2", "0" }, new[] { "1", "2", "0" })]
    [InlineData("flush_metrics: true", new[] { "5" }, new[] { "3" })]
    public async Task A_report_tells_all_there_was_or_with_flush_metrics_what_came_since_the_last(string fields, string[] orders, string[] timed)
    {
        var clock = new ManualClock();
        var log = new ListLog();
        var graph = PipelineTest.Read($"metrics: {{ logger: {{ {fields} }} }}\nhttp: {{ enabled: false }}\noutput: {{ drop: {{}} }}\n");
        await using (var service = new PipelineService(graph, log, clock, new PipelineTest.Streams(string.Empty)))
        {
            service.Metrics.Counter("orders", ("shop", "a")).Add(3);
            service.Metrics.Counter("orders", ("shop", "b")).Add(100);
            service.Metrics.Gauge("waiting").Set(7);
            service.Metrics.Timing("taken").Record(TimeSpan.FromMilliseconds(1), 1);
            clock.Move(TimeSpan.FromMinutes(1));
            service.Metrics.Counter("orders", ("shop", "a")).Add(2);
            service.Metrics.Timing("taken").Record(TimeSpan.FromMilliseconds(1), 2);
            clock.Move(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(orders, Values(log, "name=orders ", " shop=a"));
        Assert.Equal(timed, Values(log, "name=taken ", " p99="));
        Assert.All(Values(log, "name=waiting ", string.Empty), value => Assert.Equal("7", value));
        Assert.Equal(orders.Length, Values(log, "name=waiting ", string.Empty).Length);
    }

    private static string[] Values(ListLog log, string name, string label) =>
        [.. log.Lines.Where(l => l.Contains(name, StringComparison.Ordinal) && l.Contains(label, StringComparison.Ordinal)).Select(l => l.Split("value=")[1].Split(' ')[0])];
}
