using System.Diagnostics;

namespace Mapping.Cli.Tests;

/// <summary>Signals to a pipeline that runs in a process of its own.</summary>
public sealed class StopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_signal_ends_a_run_in_order()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string output = Path.Combine(folder, "out");
        string configuration = Path.Combine(folder, "p.yaml");
        await File.WriteAllTextAsync(configuration, $"input: {{ generate: {{ mapping: root.n = counter(), interval: 1ms }} }}\npipeline: {{ threads: 1 }}\noutput: {{ file: {{ path: '{output}' }} }}\n");
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]) { RedirectStandardError = true })!;
        while (!run.HasExited && (!File.Exists(output) || new FileInfo(output).Length == 0))
        {
            await Task.Delay(20);
        }

        using Process signal = Process.Start("kill", ["-TERM", $"{run.Id}"]);
        await run.WaitForExitAsync();
        Assert.Equal(string.Empty, await run.StandardError.ReadToEndAsync());
        Assert.Equal(0, run.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(output);
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(n => $"{{\"n\":{n}}}"), lines);
    }
}
