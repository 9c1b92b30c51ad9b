using System.Collections.Concurrent;
using System.Diagnostics;

namespace Mapping.Cli.Tests;

/// <summary><c>blobl run -w</c>, in a process of its own, while somebody edits its files.</summary>
public sealed class WatchTests : IDisposable
{
    private const int Lines = 3000;

    private readonly string folder = Directory.CreateTempSubdirectory("watch").FullName;
    private readonly ConcurrentQueue<string> log = new();

    private string Output => Path.Combine(folder, "out.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task It_goes_over_to_what_is_right_and_stays_with_what_runs_otherwise()
    {
        await File.WriteAllLinesAsync(Path.Combine(folder, "in.txt"), Enumerable.Range(0, Lines).Select(NumberedLines.Of));
        string configuration = Path.Combine(folder, "pipeline.yaml");
        string main = $$"""
            input: { file: { paths: [ {{folder}}/in.txt ], cursor: {{folder}}/cursor } }
            pipeline: { threads: 1, processors: [ { sleep: { duration: 4ms } }, { resource: mark } ] }
            output: { file: { path: {{Output}} } }
            """;
        await File.WriteAllTextAsync(configuration, main);
        await File.WriteAllTextAsync(Path.Combine(folder, "r1.yaml"), Mark("one"));
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", "-w", configuration, "-r", folder + "/r*.yaml", "-s", "http.enabled=false"]) { RedirectStandardOutput = true })!;
        run.OutputDataReceived += (_, line) => log.Enqueue(line.Data ?? string.Empty);
        run.BeginOutputReadLine();
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
        await run.WaitForExitAsync();
        Assert.Equal(0, run.ExitCode);
        string[] written = await File.ReadAllLinesAsync(Output);
        Assert.All(written, l => Assert.True(l.StartsWith("one ", StringComparison.Ordinal) || l.StartsWith("two ", StringComparison.Ordinal), l));
        NumberedLines.AssertAll(Lines, [.. written.Select(l => l[4..])]);
    }

    private static string Mark(string with) => $"processor_resources: [ {{ label: mark, mapping: 'root = \"{with} \" + content().string()' }} ]\n";

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
        while (!holds())
        {
            Assert.False(run.HasExited, "it ended before");
            await Task.Delay(50);
        }
    }
}
