using System.Diagnostics;
using System.Globalization;
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
        File.WriteAllLines(Path.Combine(folder, "in.txt"), Enumerable.Range(0, Lines).Select(Line));
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
            long target = Length() + random.Next(1, (Lines / Rounds * Line(0).Length) + 1);
            while (!run.HasExited && Length() < target)
            {
                Thread.Sleep(1);
            }

            kills += run.HasExited ? 0 : 1;
            run.Kill();
            run.WaitForExit();
        }

        using Process last = Start(configuration);
        Assert.True(last.WaitForExit(TimeSpan.FromMinutes(10)));
        Assert.Equal(0, last.ExitCode);
        Assert.True(kills > 0, "no run lived long enough to be killed");
        string[] written = File.ReadAllLines(Output);
        var expected = Enumerable.Range(0, Lines).Select(Line).ToHashSet();
        Assert.Empty(written.Where(l => !expected.Contains(l)).Take(5));
        expected.ExceptWith(written);
        Assert.Empty(expected.Take(5));
        Assert.True(written.Length < Lines * 2, "most lines were written again, so the cursor was of no use");
    }

    /// <summary>A line that shows whether it is whole.</summary>
    private static string Line(int number) => string.Create(CultureInfo.InvariantCulture, $"line {number:D8} with a tail of {number * 7919L % 1_000_003:D8}");

    private static Process Start(string configuration) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "blobl.dll"), "run", configuration, "-s", "http.enabled=false"]))!;

    private long Length() => File.Exists(Output) ? new FileInfo(Output).Length : 0;
}
