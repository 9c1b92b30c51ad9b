using System.Diagnostics;

namespace Mapping.Testing;

/// <summary>Runs a program with a text as its input, and waits for it.</summary>
public static class ChildProcess
{
    public static Outcome Run(string program, string input, params string[] arguments) => Run(program, input, new Dictionary<string, string>(), arguments);

    /// <param name="program">Its path, or its name if it is in a folder of PATH.</param>
    /// <param name="input">The text of its standard input.</param>
    /// <param name="settings">Environment variables it has besides those of this process.</param>
    /// <param name="arguments">One by one.</param>
    public static Outcome Run(string program, string input, IReadOnlyDictionary<string, string> settings, params string[] arguments)
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

        foreach ((string name, string value) in settings)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new Outcome(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }
}

/// <summary>What became of a program.</summary>
public sealed record Outcome(int ExitCode, string Output, string Error);
