using System.Diagnostics;
using Mapping.Testing;

namespace Mapping.Native.Tests;

/// <summary>Builds the native binary once for all tests, apart from the outputs of the ordinary build.</summary>
public sealed class NativeBinary
{
    private readonly Lazy<string> path = new(Publish);

    public Outcome Run(string input, params string[] arguments) => Run(path.Value, input, arguments);

    public string[] PublishedFiles() => [.. Directory.EnumerateFiles(Path.GetDirectoryName(path.Value)!).Select(f => Path.GetFileName(f)!)];

    private static string Publish()
    {
        string work = Path.Combine(AppContext.BaseDirectory, "native");
        string output = Path.Combine(work, "publish-output");
        Outcome published = Run(
            "dotnet",
            string.Empty,
            [
                "publish", Repository.PathOf("src", "Mapping.Cli"), "--configuration", "Release", "--runtime", "linux-x64", "--property:PublishAot=true",
                "--artifacts-path", work, "--output", output, "--verbosity", "quiet", "-nodeReuse:false", "--property:UseSharedCompilation=false",
            ]);
        Assert.True(published.ExitCode == 0, $"the native binary does not build:\n{published.Output}{published.Error}");
        Assert.DoesNotContain("warning", published.Output, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(output, "blobl");
    }

    private static Outcome Run(string program, string input, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // The build that runs this test must not reach into the one it starts.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    public sealed record Outcome(int ExitCode, string Output, string Error);
}
