using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mapping.Cli.Tests;

/// <summary>Signals to a pipeline that runs in a process of its own.</summary>
public sealed class StopTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("0s", 1)]
    [InlineData("1h", 2)]
    public async Task A_signal_ends_a_run_in_order_and_another_one_skips_the_delay(string delay, int signals)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string output = Path.Combine(folder, "out");
        string configuration = Path.Combine(folder, "p.yaml");
        await File.WriteAllTextAsync(configuration, $"input: {{ generate: {{ mapping: root.n = counter(), interval: 1ms }} }}\npipeline: {{ threads: 1 }}\noutput: {{ file: {{ path: '{output}' }} }}\nshutdown_delay: {delay}\n");
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]) { RedirectStandardError = true })!;
        while (!run.HasExited && (!File.Exists(output) || new FileInfo(output).Length == 0))
        {
            await Task.Delay(20);
        }

        for (int i = 0; i < signals; i++)
        {
            long before = new FileInfo(output).Length;
            using Process signal = Process.Start("kill", ["-TERM", $"{run.Id}"]);
            await signal.WaitForExitAsync();
            while (i < signals - 1 && new FileInfo(output).Length < before + 100)
            {
                // It goes on during the delay.
                await Task.Delay(20);
            }
        }

        await run.WaitForExitAsync();
        Assert.Equal(string.Empty, await run.StandardError.ReadToEndAsync());
        Assert.Equal(0, run.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(output);
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(n => $"{{\"n\":{n}}}"), lines);
    }

    [Theory]
    [InlineData("1h", 2, 143, "")]
    [InlineData("400ms", 1, 1, "blobl: the run was stopped with ")]
    public async Task A_stop_that_hangs_is_cut_off_or_ended_by_a_second_signal(string timeout, int signals, int code, string told)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // Nobody ever answers at this address.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string configuration = Path.Combine(folder, "p.yaml");
        await File.WriteAllTextAsync(configuration, $"input: {{ generate: {{ mapping: root.n = counter(), interval: \"\" }} }}\noutput: {{ http_client: {{ url: 'http://{silent.LocalEndpoint}', timeout: 1h }} }}\nshutdown_timeout: {timeout}\n");
        using Process run = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]) { RedirectStandardError = true })!;
        using Socket caller = await silent.AcceptSocketAsync();
        for (int i = 0; i < signals; i++)
        {
            using Process signal = Process.Start("kill", ["-TERM", $"{run.Id}"]);
            await signal.WaitForExitAsync();

            // Two signals that arrive together are one.
            await Task.Delay(i < signals - 1 ? 500 : 0);
        }

        await run.WaitForExitAsync();
        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith(told, await run.StandardError.ReadToEndAsync());
    }
}
