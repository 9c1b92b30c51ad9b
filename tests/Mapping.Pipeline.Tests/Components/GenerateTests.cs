using Mapping.Pipeline.Components;
using Mapping.Pipeline.Components.Inputs;
using Mapping.Pipeline.Config;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Running;
using Mapping.Text;

namespace Mapping.Pipeline.Tests.Components;

public class GenerateTests
{
    private static readonly DateTimeOffset Noon = new(2024, 2, 28, 12, 0, 0, TimeSpan.Zero);

    private static Schedule Read(string text)
    {
        var scope = new ReadScope(new Problems(), MappingEnvironment.Full, new ComponentReader(StandardCatalogue.Instance));
        Assert.True(Schedule.FieldType.TryRead(YamlReader.ReadValue(new SourceText($"'{text}'")), scope, "root", out Func<Schedule>? schedule), text);
        return schedule!();
    }

    [Fact]
    public async Task It_makes_so_many_messages()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { generate: { mapping: root.n = counter(), interval: '', count: 5, batch_size: 2 } }\npipeline: { threads: 1, processors: [ { mapping: 'root = [this.n, batch_size()]' } ] }\n");
        Assert.Equal(["[1,2]", "[2,2]", "[3,2]", "[4,2]", "[5,1]"], outcome.Lines);
    }

    [Fact]
    public async Task Nothing_null_and_deleted_make_no_message()
    {
        PipelineTest.Outcome outcome = await PipelineTest.RunAsync("input: { generate: { mapping: 'root = match counter() { 1 => null, 2 => deleted(), 3 => \"x\", _ => nothing() }', interval: '', count: 4 } }\n");
        Assert.Equal(["x"], outcome.Lines);
    }

    [Theory]
    [InlineData("5s", 0)]
    [InlineData("", 0)]
    [InlineData("@every 1m", 0)]
    [InlineData("30 12 * * *", 30 * 60)]
    [InlineData("15 0 12 * * *", 15)]
    [InlineData("@daily", 12 * 3600)]
    [InlineData("0 0 29 2 *", 12 * 3600)]
    public void The_first_moment_comes_after(string schedule, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), Read(schedule).Next(Noon));

    [Fact]
    public void A_period_counts_from_the_last_moment_and_makes_up_for_nothing()
    {
        Schedule schedule = Read("10s");
        Assert.Equal(TimeSpan.Zero, schedule.Next(Noon));
        Assert.Equal(TimeSpan.FromSeconds(7), schedule.Next(Noon.AddSeconds(3)));
        Assert.Equal(TimeSpan.Zero, schedule.Next(Noon.AddSeconds(55)));
        Assert.Equal(TimeSpan.FromSeconds(10), schedule.Next(Noon.AddSeconds(55)));
    }

    [Fact]
    public async Task A_moment_months_away_is_waited_for()
    {
        var clock = new ManualClock();
        PipelineGraph graph = PipelineTest.Read("input: { generate: { mapping: 'root = 1', count: 1, interval: '0 0 1 1,7 *' } }\noutput: { stdout: {} }\n");
        var streams = new PipelineTest.Streams("");
        await using var run = new PipelineRun(graph, new ListLog(), NoMetrics.Instance, clock, streams);
        Task<bool> running = run.RunAsync(CancellationToken.None);
        DateTimeOffset start = clock.GetUtcNow();
        while (!running.IsCompleted)
        {
            Assert.True(clock.GetUtcNow() - start < TimeSpan.FromDays(200), "it did not come");
            if (clock.Waiting > 0)
            {
                clock.Move(TimeSpan.FromDays(1));
            }

            await Task.Delay(1);
        }

        Assert.True(await running);
        Assert.True(clock.GetUtcNow() - start > TimeSpan.FromDays(100), "it came too early");
        Assert.Equal("1\n", System.Text.Encoding.UTF8.GetString(streams.Written.ToArray()));
    }

    [Fact]
    public void A_cron_text_with_a_zone_follows_its_clock() => Assert.Equal(TimeSpan.FromMinutes(60), Read("TZ=UTC 0 13 * * *").Next(Noon));
}
