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

    [LinuxFact]
    public async Task One_array_of_84_megabytes_is_streamed()
    {
        byte[] events = await File.ReadAllBytesAsync(Repository.PathOf("bench", "corpora", "event.ndjson"));
        int documents = events.Count(b => b == '\n');
        for (int i = 0; i < events.Length - 1; i++)
        {
            events[i] = events[i] == '\n' ? (byte)',' : events[i];
        }

        using Process process = Start("exec", "--stream", "array", "root = this.id");
        Task<long> output = CountAsync(process.StandardOutput.BaseStream);
        for (int i = 0; i < Repetitions; i++)
        {
            process.StandardInput.BaseStream.WriteByte(i == 0 ? (byte)'[' : (byte)',');
            await process.StandardInput.BaseStream.WriteAsync(events);
        }

        process.StandardInput.BaseStream.WriteByte((byte)']');
        await process.StandardInput.BaseStream.FlushAsync();
        long peak = PeakKilobytes(process);
        process.StandardInput.Close();
        Assert.Equal(Repetitions * documents, await output);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(peak, 1, MostKilobytes);
    }

    [LinuxFact]
    public async Task Two_threads_keep_the_order_of_84_megabytes_of_lines_in_constant_memory()
    {
        const int Lines = 200_000;
        string padding = new('x', 400);
        using Process process = Start("exec", "-t", "2", "root = this.n");
        Task<bool> ordered = IsCountingAsync(process.StandardOutput, Lines);
        for (int i = 0; i < Lines; i++)
        {
            await process.StandardInput.WriteAsync($"{{\"n\":{i},\"padding\":\"{padding}\"}}\n");
        }

        await process.StandardInput.FlushAsync();
        long peak = PeakKilobytes(process);
        process.StandardInput.Close();
        Assert.True(await ordered);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        Assert.InRange(peak, 1, MostKilobytes);
    }

    [LinuxFact]
    public async Task An_interrupted_run_leaves_the_old_file_and_nothing_else()
    {
        string folder = Directory.CreateTempSubdirectory("blobl").FullName;
        try
        {
            string target = Path.Combine(folder, "out.ndjson");
            await File.WriteAllTextAsync(target, "old\n");
            using Process process = Start("exec", "-o", target, "root = this");
            await process.StandardInput.WriteAsync("1\n2\n");
            await process.StandardInput.FlushAsync();
            while (Directory.GetFiles(folder).Length < 2 && !process.HasExited)
            {
                await Task.Delay(20);
            }

            using (Process kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            {
                await kill.WaitForExitAsync();
            }

            await process.WaitForExitAsync();
            Assert.NotEqual(0, process.ExitCode);
            Assert.Equal([target], Directory.GetFiles(folder));
            Assert.Equal("old\n", await File.ReadAllTextAsync(target));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> IsCountingAsync(StreamReader reader, int count)
    {
        int next = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line != $"{next++}")
            {
                return false;
            }
        }

        return next == count;
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
