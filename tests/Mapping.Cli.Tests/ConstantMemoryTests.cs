using System.Diagnostics;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>A long stream through a process of its own: memory stays flat, however long the input is.</summary>
public class ConstantMemoryTests
{
    private const int Repetitions = 200;
    private const long MostKilobytes = 200 * 1024;

    [LinuxFact]
    public async Task Eighty_four_megabytes_of_events_take_less_than_200_megabytes_and_no_more_at_the_end()
    {
        byte[] events = await File.ReadAllBytesAsync(Repository.PathOf("bench", "corpora", "event.ndjson"));
        using Process process = Start("exec", "-f", Repository.PathOf("bench", "mappings", "event_project.blobl"));
        Task<long> output = CountAsync(process.StandardOutput.BaseStream);
        long early = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            await process.StandardInput.BaseStream.WriteAsync(events);
            early = i == Repetitions / 4 ? PeakKilobytes(process) : early;
        }

        await process.StandardInput.BaseStream.FlushAsync();
        long late = PeakKilobytes(process);
        process.StandardInput.Close();
        long lines = await output;
        await process.WaitForExitAsync();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(Repetitions * events.Count(b => b == '\n'), lines);
        Assert.InRange(late, 1, MostKilobytes);
        Assert.True(late - early < 32 * 1024, $"memory grew from {early} kB after a quarter of the input to {late} kB at its end");
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "blobl.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }

    private static async Task<long> CountAsync(Stream stream)
    {
        var buffer = new byte[256 * 1024];
        long lines = 0;
        while (await stream.ReadAsync(buffer) is var read and > 0)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
        }

        return lines;
    }

    private static long PeakKilobytes(Process process)
    {
        string line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Skipped, and counted as such, where there is no /proc to read the peak from.</summary>
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "the peak is read from /proc";
}
