using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Mapping.Cli.Tests;

/// <summary>Signals to a pipeline that runs in a process of its own.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>Of number 15, in a mask of signals.</summary>
    private const ulong EndSignal = 1UL << 14;

    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(90);

    private readonly string folder = Directory.CreateTempSubdirectory("blobl").FullName;
    private readonly CancellationTokenSource tooLate = new(TooLong);
    private Process? started;

    public void Dispose()
    {
        started?.Kill();
        started?.Dispose();
        tooLate.Dispose();
        Directory.Delete(folder, recursive: true);
    }

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
        Process run = Start(configuration);
        await UntilAsync(run, () => File.Exists(output) && new FileInfo(output).Length > 0);
        for (int i = 0; i < signals; i++)
        {
            long before = new FileInfo(output).Length;
            await SignalAsync(run);
            if (i < signals - 1)
            {
                // It goes on during the delay.
                await UntilAsync(run, () => new FileInfo(output).Length >= before + 100);
            }
        }

        await run.WaitForExitAsync(tooLate.Token);
        Assert.Equal(string.Empty, await run.StandardError.ReadToEndAsync());
        Assert.Equal(0, run.ExitCode);
        string[] lines = await File.ReadAllLinesAsync(output);
        Assert.Equal(Enumerable.Range(1, lines.Length).Select(n => $"{{\"n\":{n}}}"), lines);
    }

    [Theory]
    [InlineData("1h", 143, "")]
    [InlineData("400ms", 1, "blobl: the run was stopped with ")]
    public async Task A_stop_that_hangs_is_cut_off_or_ended_by_a_second_signal(string timeout, int code, string told)
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
        Process run = Start(configuration);
        using Socket caller = await silent.AcceptSocketAsync(tooLate.Token);
        await SignalAsync(run);
        if (timeout == "1h")
        {
            await Task.Delay(500);
            Assert.False(run.HasExited, "the first signal ended it at once");

            // One that comes before the stop has begun only skips the delay there could be.
            while (!run.HasExited)
            {
                await SignalAsync(run);
                await Task.WhenAny(run.WaitForExitAsync(tooLate.Token), Task.Delay(1000, tooLate.Token));
                tooLate.Token.ThrowIfCancellationRequested();
            }
        }

        await run.WaitForExitAsync(tooLate.Token);
        Assert.Equal(code, run.ExitCode);
        Assert.StartsWith(told, await run.StandardError.ReadToEndAsync());
    }

    /// <summary>Ends with the test, however that ends.</summary>
    private Process Start(string configuration) =>
        started = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]) { RedirectStandardError = true })!;

    /// <summary>Returns when the process has taken it, for two signals that wait together are one.</summary>
    private async Task SignalAsync(Process run)
    {
        using Process signal = Process.Start("kill", ["-TERM", $"{run.Id}"]);
        await signal.WaitForExitAsync(tooLate.Token);
        while (!run.HasExited && IsPending(run.Id))
        {
            await Task.Delay(5, tooLate.Token);
        }
    }

    /// <summary>Whether a signal to end waits for the process; only Linux tells.</summary>
    private static bool IsPending(int process)
    {
        try
        {
            string waiting = File.ReadLines($"/proc/{process}/status").First(static line => line.StartsWith("ShdPnd:", StringComparison.Ordinal));
            return (Convert.ToUInt64(waiting[7..].Trim(), 16) & EndSignal) != 0;
        }
        catch (IOException)
        {
            // It has ended, or this is another system.
            return false;
        }
    }

    private async Task UntilAsync(Process run, Func<bool> holds)
    {
        while (!holds())
        {
            Assert.False(run.HasExited, "it ended before");
            await Task.Delay(20, tooLate.Token);
        }
    }
}
