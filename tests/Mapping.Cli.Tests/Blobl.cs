using System.Text;

namespace Mapping.Cli.Tests;

/// <summary>Calls the command line in this process with streams of its own.</summary>
internal static class Blobl
{
    public static Outcome Run(string input, params string[] arguments) => Run(Encoding.UTF8.GetBytes(input), arguments);

    public static Outcome Run(byte[] input, params string[] arguments)
    {
        var output = new MemoryStream();
        var error = new StringWriter { NewLine = "\n" };
        using var streams = new StandardStreams(new MemoryStream(input), output, error);
        int exitCode = CommandLine.Run(arguments, streams);
        return new Outcome(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>Runs a pipeline to the end of its input.</summary>
    public static Outcome RunConfiguration(string yaml)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, yaml);
            return Run(string.Empty, "run", file, "-s", "http.enabled=false");
        }
        finally
        {
            File.Delete(file);
        }
    }

    internal sealed record Outcome(int ExitCode, string Output, string Error)
    {
        /// <summary>All a user sees, for snapshots.</summary>
        public override string ToString() => $"exit {ExitCode}\n--- stdout\n{Output}--- stderr\n{Error}";
    }
}
