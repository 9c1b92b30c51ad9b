using System.Diagnostics;

namespace Mapping.Cli.Tests;

/// <summary>The program between others, in a shell of its own.</summary>
public class PipeTests
{
    private static readonly string Program = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "blobl.dll")}'";

    [LinuxFact]
    public async Task A_reader_that_has_seen_enough_ends_endless_input_quietly()
    {
        (string output, string error, int exitCode) = await RunAsync($"yes '{{\"a\":1}}' 2>/dev/null | {Program} exec 'root = this.a' | head -1");

        Assert.Equal(("1\n", "", 0), (output, error, exitCode));
    }

    [LinuxFact]
    public async Task A_pipeline_whose_reader_has_gone_stops_and_says_what_was_not_written()
    {
        (string output, string error, _) = await RunAsync($"(printf 'input: {{ generate: {{ interval: \"\", mapping: root = counter() }} }}\\npipeline: {{ threads: 1 }}\\nhttp: {{ enabled: false }}\\nlogger: {{ level: OFF }}\\n' > p.$$; {Program} run p.$$; echo code $? >&2; rm p.$$) | head -1");

        Assert.Equal("1\n", output);
        Assert.StartsWith("blobl: the run was stopped with ", error);
        Assert.EndsWith("code 1\n", error);
    }

    [LinuxFact]
    public async Task Results_are_seen_while_the_input_is_still_open()
    {
        // The second line of input waits for the first line of output.
        string script = $"d=$(mktemp -d); mkfifo $d/in; ({Program} exec 'root = this + 1' < $d/in > $d/out) & exec 3> $d/in; echo 1 >&3; "
            + "until [ -s $d/out ]; do sleep 0.05; done; head -1 $d/out >&3; exec 3>&-; wait; cat $d/out; rm -r $d";

        (string output, string error, _) = await RunAsync(script);

        Assert.Equal(("2\n3\n", ""), (output, error));
    }

    [LinuxFact]
    public async Task A_redirected_file_is_shared_with_other_programs()
    {
        (string output, _, _) = await RunAsync($"f=$(mktemp); (echo before; echo 1 | {Program} exec 'root = this'; echo after) > $f; cat $f; rm $f");

        Assert.Equal("before\n1\nafter\n", output);
    }

    private static async Task<(string Output, string Error, int ExitCode)> RunAsync(string script)
    {
        using Process process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (output, await error, process.ExitCode);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"still running after a minute: {script}");
        }
    }
}
