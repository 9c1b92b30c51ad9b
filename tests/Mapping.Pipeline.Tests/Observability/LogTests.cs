using System.Globalization;
using System.IO.Compression;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;

namespace Mapping.Pipeline.Tests.Observability;

public class LogTests
{
    private readonly ManualClock clock = new();
    private readonly ListLog kept = new();

    [Fact]
    public void A_failure_that_goes_on_is_written_once_a_second_with_a_count()
    {
        using var throttle = new LogThrottle(clock);
        ILog log = throttle.Over(kept).With(("path", "root.output"));
        for (int second = 0; second < 3; second++)
        {
            for (int i = 0; i < 1000; i++)
            {
                log.Write(LogLevel.Error, $"a write failed: attempt {i}");
            }

            clock.Move(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(
            Enumerable.Repeat<string[]>(["Error a write failed: attempt 0 path=root.output", "Error a write failed: attempt 999 path=root.output repeated=999"], 3).SelectMany(l => l),
            kept.Lines);
    }

    [Fact]
    public void Failures_that_differ_are_bounded_too()
    {
        using var throttle = new LogThrottle(clock);
        ILog log = throttle.Over(kept).With(("path", "a"));
        for (int i = 0; i < 1000; i++)
        {
            log.Write(LogLevel.Warn, "failed: " + new string((char)('a' + (i % 26)), (i / 26) + 1));
        }

        Assert.Equal(10, kept.Lines.Length);
        clock.Move(TimeSpan.FromSeconds(1));
        Assert.EndsWith("repeated=990", kept.Lines[^1]);
    }

    [Fact]
    public void Components_and_levels_do_not_hold_each_other_back()
    {
        using var throttle = new LogThrottle(clock);
        ILog log = throttle.Over(kept);
        log.With(("path", "a")).Write(LogLevel.Error, "failed");
        log.With(("path", "b")).Write(LogLevel.Error, "failed");
        log.With(("path", "a")).Write(LogLevel.Warn, "failed");
        log.With(("path", "a")).Write(LogLevel.Error, "failed");
        Assert.Equal(["Error failed path=a", "Error failed path=b", "Warn failed path=a"], kept.Lines);
    }

    [Fact]
    public void What_was_held_back_is_told_at_the_end()
    {
        using (var throttle = new LogThrottle(clock))
        {
            ILog log = throttle.Over(kept);
            log.Write(LogLevel.Error, "failed");
            log.Write(LogLevel.Error, "failed");
        }

        Assert.Equal(["Error failed", "Error failed repeated=1"], kept.Lines);
    }

    [Fact]
    public void Lines_that_are_asked_for_are_all_written()
    {
        using var throttle = new LogThrottle(clock);
        ILog log = throttle.Over(kept);
        for (int i = 0; i < 100; i++)
        {
            log.Write(LogLevel.Error, "one", ("custom_source", "true"));
            log.Write(LogLevel.Info, "two");
        }

        Assert.Equal(200, kept.Lines.Length);
    }

    [Theory]
    [InlineData(false, "time=1970-01-01T00:00:00.000+00:00 level=warn msg=\"a \\\"b\\\"\\nc\" service=x path=root.input n=1\n")]
    [InlineData(true, "{\"time\":\"1970-01-01T00:00:00.000+00:00\",\"level\":\"warn\",\"msg\":\"a \\\"b\\\"\\nc\",\"service\":\"x\",\"path\":\"root.input\",\"n\":\"1\"}\n")]
    public void Lines_are_logfmt_or_JSON(bool isJson, string line)
    {
        var text = new StringWriter { NewLine = "\n" };
        var log = new TextLog(text, Options(LogLevel.Info, isJson) with { AddTimestamp = true, StaticFields = [KeyValuePair.Create("service", "x")] }, clock);
        log.With(("path", "root.input"), ("label", "")).Write(LogLevel.Warn, "a \"b\"\nc", ("n", "1"));
        log.Write(LogLevel.Debug, "not shown");
        Assert.Equal(line, text.ToString());
    }

    [Fact]
    public void A_full_log_file_is_set_aside_compressed()
    {
        using var folder = new TemporaryFolder();
        using (var file = new LogFile(new LogFileOptions(folder.PathOf("logs/run.log"), Rotates: true, MostAgeDays: 0), clock, largest: 1000))
        {
            var log = new TextLog(file, Options(LogLevel.Info, isJson: false), clock);
            for (int i = 0; i < 100; i++)
            {
                log.Write(LogLevel.Info, i.ToString(CultureInfo.InvariantCulture));
            }
        }

        using var packed = new StreamReader(new GZipStream(File.OpenRead(folder.PathOf("logs/run.log.1.gz")), CompressionMode.Decompress));
        string[] lines = [.. packed.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries), .. folder.Read("logs/run.log").Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal("level=info msg=99", lines[^1]);
        Assert.Equal(lines.Length, lines.Distinct().Count());
        Assert.InRange(new FileInfo(folder.PathOf("logs/run.log")).Length, 0, 1100);
    }

    private static LoggerOptions Options(LogLevel level, bool isJson) => new(level, isJson, AddTimestamp: false, "time", "level", "msg", []);
}
