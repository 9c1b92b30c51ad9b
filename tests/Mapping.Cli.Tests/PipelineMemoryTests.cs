using System.Diagnostics;
using System.Globalization;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>A fast input against a slow output: what has no place waits at the input, not in memory.</summary>
public sealed class PipelineMemoryTests : IDisposable
{
    private const int BytesOfHeap = 48 * 1024 * 1024;
    private const int BytesOfAMessage = 40_000;

    // Twice what the heap can hold.
    private static readonly int Messages = 2 * TestScale.Factor * BytesOfHeap / BytesOfAMessage;

    private readonly string folder = Directory.CreateTempSubdirectory("memory").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("threads: 2", "{}")]
    [InlineData("threads: 2, partition_by: this.k", "{}")]
    [InlineData("threads: 1", "{ memory: { limit: 4MB } }")]
    public async Task A_heap_far_smaller_than_all_messages_is_enough(string pipeline, string buffer)
    {
        string configuration = Path.Combine(folder, "pipeline.yaml");
        File.WriteAllText(configuration, $$"""
            logger: { level: ERROR }
            input:
              generate:
                count: {{Messages}}
                interval: ""
                mapping: 'root = { "k": counter() % 7, "text": "0123456789".repeat({{BytesOfAMessage / 10}}) }'
            {{(buffer == "{}" ? string.Empty : "buffer: " + buffer)}}
            pipeline: { {{pipeline}} }
            output:
              file: { path: {{folder}}/out }
              processors: [ { sleep: { duration: 1ms } } ]
            """);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]) { RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = BytesOfHeap.ToString("x", CultureInfo.InvariantCulture);
        using Process run = Process.Start(start)!;
        Task<string> problems = run.StandardError.ReadToEndAsync();
        if (!run.WaitForExit(TimeSpan.FromMinutes(2 * TestScale.Factor)))
        {
            run.Kill();
        }

        Assert.True(run.ExitCode == 0, await problems);
    }
}
