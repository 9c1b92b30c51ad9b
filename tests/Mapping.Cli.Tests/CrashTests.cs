using System.Diagnostics;
using Mapping.Testing;

namespace Mapping.Cli.Tests;

/// <summary>A pipeline that is killed at any moment, started again, and so on: everything arrives, and nothing that was not there.</summary>
public sealed class CrashTests : IDisposable
{
    private static readonly int Lines = Math.Min(200_000, 20_000 * TestScale.Factor);
    private static readonly int Rounds = Math.Min(20, 4 * TestScale.Factor);

    private readonly string folder = Directory.CreateTempSubdirectory("crash").FullName;

    private string Output => Path.Combine(folder, "out.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("none: {}", "threads: 1")]
    [InlineData("none: {}", "threads: 2, partition_by: 'content().slice(-1)'")]
    [InlineData("sqlite: { path: FOLDER/buffer.db }", "threads: 2")]
    public void Every_line_arrives_and_none_is_invented(string buffer, string pipeline)
    {
        File.WriteAllLines(Path.Combine(folder, "in.txt"), Enumerable.Range(0, Lines).Select(NumberedLines.Of));
        string configuration = Path.Combine(folder, "pipeline.yaml");
        File.WriteAllText(configuration, $$"""
            logger: { level: ERROR }
            input: { file: { paths: [ {{folder}}/in.txt ], cursor: {{folder}}/state/cursor } }
            buffer: { {{buffer.Replace("FOLDER", folder, StringComparison.Ordinal)}} }
            pipeline: { {{pipeline}}, processors: [ { mapping: root = content() } ] }
            output: { file: { path: {{Output}} } }
            """);
        var random = new Random(19);
        int kills = 0;
        for (int round = 0; round < Rounds; round++)
        {
            using Process run = Start(configuration);
            long target = Length() + random.Next(1, (Lines / Rounds * NumberedLines.Of(0).Length) + 1);
            while (!run.HasExited && Length() < target)
            {
                Thread.Sleep(1);
            }

            kills += run.HasExited ? 0 : 1;
            run.Kill();
            run.WaitForExit();
        }

        RunToTheEnd(configuration);
        Assert.True(kills > 0, "no run lived long enough to be killed");
        string[] written = File.ReadAllLines(Output);
        NumberedLines.AssertAll(Lines, written);

        // The cursor stands at the end now.
        RunToTheEnd(configuration);
        Assert.Equal(written.Length, File.ReadAllLines(Output).Length);
    }

    private static void RunToTheEnd(string configuration)
    {
        using Process run = Start(configuration);
        Assert.True(run.WaitForExit(TimeSpan.FromMinutes(10)));
        Assert.Equal(0, run.ExitCode);
    }

    private static Process Start(string configuration) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]))!;

    private long Length() => File.Exists(Output) ? new FileInfo(Output).Length : 0;
}
