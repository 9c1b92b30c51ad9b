using System.Collections.Concurrent;
using System.Diagnostics;
using Mapping.Cli.Pipelines;
using Mapping.Pipeline.Contracts;
using Mapping.Pipeline.Graph;
using Mapping.Pipeline.Observability;
using Mapping.Text;

namespace Mapping.Cli.Tests;

/// <summary><c>blobl run -w</c>, in a process of its own, while somebody edits its files.</summary>
public sealed class WatchTests : IDisposable
{
    private const int Lines = 6000;

    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(120);

    private readonly string folder = Directory.CreateTempSubdirectory("watch").FullName;
    private readonly ConcurrentQueue<string> log = new();
    private Process? started;

    private string Output => Path.Combine(folder, "out.txt");

    public void Dispose()
    {
        if (started is not null)
        {
            started.Kill(entireProcessTree: true);
            started.WaitForExit();
            started.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task It_goes_over_to_what_is_right_and_stays_with_what_runs_otherwise()
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "in.txt"), Enumerable.Range(0, Lines).Select(NumberedLines.Of));
        string configuration = Path.Combine(folder, "pipeline.yaml");
        string main = $$"""
            input: { file: { paths: [ {{folder}}/in.txt ], cursor: {{folder}}/cursor } }
            pipeline: { threads: 1, processors: [ { resource: mark } ] }
            output: { file: { path: {{Output}} } }
            """;
        await File.WriteAllTextAsync(configuration, main);
        await File.WriteAllTextAsync(Path.Combine(folder, "r1.yaml"), Mark("one", "{ sleep: { duration: 4ms } }, "));
        Process run = Start(configuration, "-r", folder + "/r*.yaml");
        await UntilAsync(run, () => HasWritten("one"));

        // A mistake is told, and what runs goes on.
        await File.WriteAllTextAsync(configuration, main.Replace("threads", "treads", StringComparison.Ordinal));
        await UntilAsync(run, () => log.Any(l => l.Contains("the pipeline goes on as it was", StringComparison.Ordinal)));
        Assert.Contains(log, l => l.Contains("P502", StringComparison.Ordinal));
        await File.WriteAllTextAsync(configuration, main);

        // As editors do: the new file takes the place of the old one. It is a shared component that changes.
        await File.WriteAllTextAsync(Path.Combine(folder, "new"), Mark("two"));
        File.Move(Path.Combine(folder, "new"), Path.Combine(folder, "r1.yaml"), overwrite: true);
        await UntilAsync(run, () => HasWritten("two"));
        await run.WaitForExitAsync().WaitAsync(TooLong);
        Assert.Equal(0, run.ExitCode);
        string[] written = await File.ReadAllLinesAsync(Output);
        Assert.All(written, l => Assert.True(l.StartsWith("one ", StringComparison.Ordinal) || l.StartsWith("two ", StringComparison.Ordinal), l));
        NumberedLines.AssertAll(Lines, [.. written.Select(l => l[4..])]);
    }

    [Fact]
    public async Task A_file_that_is_away_or_empty_for_a_while_is_told_and_what_runs_goes_on()
    {
        // In a standard place, where no file at all would mean the standard streams.
        string configuration = Path.Combine(folder, "redpanda-connect.yaml");
        string main = $"input: {{ generate: {{ mapping: 'root = \"one line\"', interval: 20ms }} }}\npipeline: {{ threads: 1 }}\noutput: {{ file: {{ path: {Output} }} }}\n";
        await File.WriteAllTextAsync(configuration, main);
        Process run = Start();
        await UntilAsync(run, () => HasWritten("one"));
        File.Delete(configuration);
        await UntilAsync(run, () => log.Any(static l => l.Contains("the pipeline goes on as it was: cannot read the configuration redpanda-connect.yaml: there is no such file", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(configuration, "# about to be written\n");
        await UntilAsync(run, () => log.Any(static l => l.Contains("P503: the configuration is empty", StringComparison.Ordinal)));
        await File.WriteAllTextAsync(configuration, main.Replace("one", "two", StringComparison.Ordinal));
        await UntilAsync(run, () => HasWritten("two"));
    }

    [Fact]
    public async Task The_watch_goes_on_whatever_goes_wrong_and_leaves_variables_as_they_were()
    {
        const string Variable = "BLOBL_TEST_WATCHED";
        string configuration = Path.Combine(folder, "pipeline.yaml");
        await File.WriteAllTextAsync(configuration, "0");
        int reads = 0;
        var seen = new List<string?>();
        var watch = new ConfigurationWatch(
            () => [configuration],
            () =>
            {
                seen.Add(Environment.GetEnvironmentVariable(Variable));
                Configuration read = ++reads switch
                {
                    1 => throw new InvalidOperationException("odd"),
                    2 => Configured("output: { dorp: {} }"),
                    _ => Configured("input: { generate: { mapping: root = 1 } }\noutput: { drop: {} }"),
                };
                return (read, new FileVariables(new Dictionary<string, string> { [Variable] = $"{reads}" }));
            },
            TimeProvider.System);
        using var stop = new CancellationTokenSource(TooLong);
        var told = new StringWriter();
        Task watching = watch.RunAsync(new TextLog(TextWriter.Synchronized(told), new LoggerOptions(LogLevel.Info, false, false, "time", "level", "msg", []), TimeProvider.System), stop.Token);
        while (!watch.Changes.TryPeek(out _))
        {
            stop.Token.ThrowIfCancellationRequested();
            int before = reads;
            await File.WriteAllTextAsync(configuration, $"{before + 1}");
            while (reads == before)
            {
                await Task.Delay(50, stop.Token);
            }

            await Task.WhenAny(watch.Changes.WaitToReadAsync(stop.Token).AsTask(), Task.Delay(200, stop.Token));
        }

        Assert.Equal([null, null, null], seen);
        Assert.Equal("3", Environment.GetEnvironmentVariable(Variable));
        Environment.SetEnvironmentVariable(Variable, null);
        await stop.CancelAsync();
        await watching;
        Assert.Contains("the pipeline goes on as it was: odd", told.ToString(), StringComparison.Ordinal);
    }

    private static Configuration Configured(string yaml) => new() { Main = new SourceText(yaml, "pipeline.yaml"), Variables = static _ => null, Environment = MappingEnvironment.Full };

    /// <summary>Ends with the test, however that ends.</summary>
    private Process Start(params string[] arguments)
    {
        Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", "-w", .. arguments, "-s", "http.enabled=false"]) { RedirectStandardOutput = true, WorkingDirectory = folder })!;
        started = run;
        run.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? string.Empty);
        run.BeginOutputReadLine();
        return run;
    }

    private static string Mark(string with, string before = "") => $"processor_resources: [ {{ label: mark, processors: [ {before}{{ mapping: 'root = \"{with} \" + content().string()' }} ] }} ]\n";

    private bool HasWritten(string mark)
    {
        if (!File.Exists(Output))
        {
            return false;
        }

        using var file = new StreamReader(new FileStream(Output, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return file.ReadToEnd().Contains(mark + " line", StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Process run, Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 2400, "it never came");
            Assert.False(run.HasExited, "it ended before");
            await Task.Delay(50);
        }
    }
}
